import { MultiSelect, Stack } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { GeneralStatistics } from '#shared/contract/statistics.ts'
import { orpc } from '../../api/queries.ts'
import { ExportMenu } from '../../components/exports/export-menu.tsx'
import { Section } from '../../components/section.tsx'
import { SkeletonLines } from '../../components/states.tsx'
import { parseId, useUrlParams } from '../../components/use-url-params.ts'
import { maxCompared, toComparedDelivery } from './compared-delivery.ts'
import { ComparisonTable } from './comparison-table.tsx'
import { SentSharesPanel } from './sent-shares-panel.tsx'

type Results = GeneralStatistics['results']

/** Several deliveries side by side: their results and speeds. */
export function ComparisonView({ results }: { readonly results: Results }) {
  const { t } = useTranslation('statistics')
  const { params, put } = useUrlParams()
  const started = results.filter(({ messages }) => messages.total > 0)
  const requested = (params.get('deliveries') ?? '').split(',').map(parseId)
  const found = started.filter(({ id }) => requested.includes(id)).map(({ id }) => id)
  const ids = found.length > 0 ? found : started.slice(0, 3).map(({ id }) => id)
  const details = useQueries({
    queries: ids.map((id) => orpc.statistics.detail.queryOptions({ input: { id } })),
  })
  const compared = details.flatMap(({ data }) => (data === undefined ? [] : [toComparedDelivery(data)]))
  const isWhole = compared.length === ids.length
  return (
    <Stack gap="md">
      <MultiSelect
        label={t('comparison.label')}
        description={t('comparison.advice', { count: maxCompared })}
        data={started.map(({ id, name }) => ({ value: String(id), label: t('comparison.choice', { id, name }) }))}
        value={ids.map(String)}
        onChange={(chosen) => put('deliveries', chosen.join(','))}
        maxValues={maxCompared}
        searchable
        limit={100}
        nothingFoundMessage={t('comparison.nothingFound')}
        hidePickedOptions
        maw={720}
      />
      {isWhole ? (
        <>
          <Section
            title={t('comparison.table')}
            aside={
              <ExportMenu
                subject={{ kind: 'deliveries', ids }}
                name={t('comparison.table')}
                label={t('comparison.export')}
              />
            }
          >
            <ComparisonTable compared={compared} />
          </Section>
          <SentSharesPanel compared={compared} />
        </>
      ) : (
        <SkeletonLines count={8} />
      )}
    </Stack>
  )
}
