import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Page } from '../../components/page.tsx'
import { useAddRun } from './add-run.ts'
import { OptOutReportView } from './opt-out-report.tsx'
import { PhonesForm } from './phones-form.tsx'

/** Adds phones, pasted or from a file, and reports the result of each. */
export function AddPhonesScreen() {
  const { t } = useTranslation('do-not-contact')
  const run = useAddRun()
  const back = { to: '/do-not-contact', label: t('title') }
  if (run.kind !== 'done') {
    return (
      <Page title={t('form.title')} layout="form" back={back}>
        <PhonesForm run={run} />
      </Page>
    )
  }
  const { fileName, report } = run
  return (
    <Page
      title={t('form.title')}
      layout="table"
      back={back}
      aside={
        <Text c="dimmed">
          {fileName === null
            ? t('report.pasted', { count: report.total })
            : t('report.file', { file: fileName, count: report.total })}
        </Text>
      }
    >
      <OptOutReportView fileName={fileName} report={report} />
    </Page>
  )
}
