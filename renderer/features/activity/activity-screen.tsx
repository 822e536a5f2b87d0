import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Page } from '../../components/page.tsx'
import { useUrlParams } from '../../components/use-url-params.ts'
import classes from './activity.module.css'
import { JournalView } from './journal-view.tsx'
import { LogView } from './log-view.tsx'

/** What changed and who changed it, and what the program logged. */
export function ActivityScreen() {
  const { t } = useTranslation('activity')
  const { params, change } = useUrlParams()
  const view = params.get('view') === 'log' ? 'log' : 'journal'
  return (
    <Page
      title={t('title')}
      layout={view === 'log' ? 'table' : 'wide'}
      aside={
        <SegmentedControl
          className={classes.views ?? ''}
          aria-label={t('view.label')}
          size="xs"
          value={view}
          data={(['journal', 'log'] as const).map((value) => ({ value, label: t(`view.${value}`) }))}
          onChange={(next) => change((address) => address.set('view', next), false)}
        />
      }
    >
      {view === 'log' ? <LogView /> : <JournalView />}
    </Page>
  )
}
