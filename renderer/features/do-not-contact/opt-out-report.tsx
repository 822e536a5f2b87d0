import { Button, Group } from '@mantine/core'
import { IconCircleCheck, IconSearchOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { OptOutReport } from '#shared/contract/do-not-contact.ts'
import { RefusalTable, SaveRefusalsButton } from '../../components/refusals.tsx'
import { ReportNumbers } from '../../components/report-numbers.tsx'
import { EmptyState } from '../../components/states.tsx'
import { clearAdding } from './add-run.ts'

interface OptOutReportViewProps {
  /** Null if the phones were pasted. */
  readonly fileName: string | null
  readonly report: OptOutReport
}

const figures = ['marked', 'remembered', 'already', 'refused', 'cancelledMessages'] as const

/** The result of every phone, and the lines without a valid phone. */
export function OptOutReportView({ fileName, report }: OptOutReportViewProps) {
  const { t } = useTranslation('do-not-contact')
  const { total, refusals } = report
  return (
    <>
      <Group align="flex-end" gap="xl" pb="md">
        <ReportNumbers
          numbers={figures.map((name) => ({
            label: t(`report.${name}`),
            title: t(`report.${name}Hint`),
            value: report[name],
            bad: name === 'refused',
          }))}
        />
        <Group gap="xs" ml="auto">
          {refusals.length === 0 ? null : <SaveRefusalsButton refusals={refusals} readName={fileName ?? 'phones'} />}
          <Button variant="default" onClick={clearAdding}>
            {t('report.more')}
          </Button>
          <Button component={Link} to="/do-not-contact" onClick={clearAdding}>
            {t('report.toList')}
          </Button>
        </Group>
      </Group>
      {refusals.length > 0 ? (
        <RefusalTable refusals={refusals} />
      ) : total === 0 ? (
        <EmptyState icon={IconSearchOff} title={t('report.nothing')}>
          {t('report.nothingAdvice')}
        </EmptyState>
      ) : (
        <EmptyState icon={IconCircleCheck} title={t('report.allTaken')}>
          {t('report.allTakenAdvice')}
        </EmptyState>
      )}
    </>
  )
}
