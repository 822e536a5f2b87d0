import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { GeneralStatistics } from '#shared/contract/statistics.ts'
import { useFormat } from '../../components/format.ts'
import classes from './totals.module.css'

/** The most important totals. */
export function Totals({ statistics: { deliveries, messages } }: { readonly statistics: GeneralStatistics }) {
  const { t } = useTranslation('statistics')
  const format = useFormat()
  const { byStatus } = messages
  const unsuccessful = byStatus.failed + byStatus.expired
  const waiting = byStatus.queued + byStatus.sending
  const withResult = byStatus.sent + unsuccessful
  const share = (count: number) =>
    withResult === 0 ? null : t('totals.ofResults', { share: format.percent(count / withResult) })
  return (
    <dl className={classes.totals}>
      <Total
        label={t('totals.deliveries')}
        value={format.number(deliveries.total)}
        note={t('totals.running', { count: deliveries.byStatus.running })}
      />
      <Total label={t('totals.messages')} value={format.number(messages.total)} note={null} />
      <Total label={t('totals.sent')} value={format.number(byStatus.sent)} note={share(byStatus.sent)} />
      <Total label={t('totals.failed')} value={format.number(unsuccessful)} note={share(unsuccessful)} />
      <Total label={t('totals.waiting')} value={format.number(waiting)} note={null} />
    </dl>
  )
}

interface TotalProps {
  readonly label: string
  readonly value: string
  readonly note: string | null
}

function Total({ label, value, note }: TotalProps) {
  return (
    <div className={classes.figure}>
      <dt>{label}</dt>
      <dd>
        <span className={classes.value}>{value}</span>
        <Text size="xs" c="dimmed">
          {note ?? '\u00a0'}
        </Text>
      </dd>
    </div>
  )
}
