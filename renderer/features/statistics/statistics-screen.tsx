import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { GeneralStatistics } from '#shared/contract/statistics.ts'
import { orpc } from '../../api/queries.ts'
import { Page } from '../../components/page.tsx'
import { QueryState } from '../../components/states.tsx'
import { useUrlParams } from '../../components/use-url-params.ts'
import { AllDeliveries, NoDeliveries } from './all-deliveries.tsx'
import { ComparisonView } from './comparison-view.tsx'
import { PeriodView } from './period-view.tsx'

const views = ['all', 'period', 'comparison'] as const

/** The statistics of all deliveries, of a period, or of several deliveries side by side. */
export function StatisticsScreen() {
  const { t } = useTranslation('statistics')
  const { params, change } = useUrlParams()
  const view = views.find((each) => each === params.get('view')) ?? 'all'
  const query = useQuery(orpc.statistics.general.queryOptions())
  const { data } = query
  return (
    <Page
      title={t('title')}
      layout="wide"
      aside={
        data === undefined || data.deliveries.total === 0 ? null : (
          <SegmentedControl
            aria-label={t('view.label')}
            size="xs"
            value={view}
            data={views.map((value) => ({ value, label: t(`view.${value}`) }))}
            onChange={(next) => change((address) => address.set('view', next), false)}
          />
        )
      }
    >
      {data !== undefined ? viewOf(view, data) : <QueryState query={query} lines={12} />}
    </Page>
  )
}

function viewOf(view: (typeof views)[number], statistics: GeneralStatistics): ReactNode {
  if (statistics.deliveries.total === 0) return <NoDeliveries />
  if (view === 'period') return <PeriodView />
  return view === 'comparison' ? (
    <ComparisonView results={statistics.results} />
  ) : (
    <AllDeliveries statistics={statistics} />
  )
}
