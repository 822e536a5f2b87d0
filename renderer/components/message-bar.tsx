import { useTranslation } from 'react-i18next'
import { type MessageStatus, messageStatuses } from '#shared/domain/states.ts'
import { useFormat } from './format.ts'
import classes from './message-bar.module.css'
import { messageColor } from './status.tsx'

export interface MessageTotals {
  readonly total: number
  readonly byStatus: { readonly [status in MessageStatus]: number }
}

/** Finished statuses first; the waiting messages are the empty rest of the bar. */
const barStatuses = ['sent', 'failed', 'uncertain', 'expired', 'cancelled', 'sending'] as const

/** How many messages have a final result; uncertain ones count. */
export function finishedCount({ total, byStatus }: MessageTotals): number {
  return total - byStatus.queued - byStatus.sending
}

interface MessageBarProps {
  readonly messages: MessageTotals
  /** Higher, for the delivery's own page. */
  readonly tall?: boolean
}

/** The statuses of a delivery's messages as one bar. */
export function MessageBar({ messages, tall = false }: MessageBarProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { total, byStatus } = messages
  const description = messageStatuses
    .filter((status) => byStatus[status] > 0)
    .map((status) => `${t(`status.message.${status}`)}: ${format.number(byStatus[status])}`)
    .join(', ')
  return (
    <div
      className={classes.bar}
      data-tall={tall || undefined}
      role="progressbar"
      aria-label={t('messageBar')}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={finishedCount(messages)}
      aria-valuetext={description}
      title={description}
    >
      {barStatuses.map((status) =>
        byStatus[status] === 0 ? null : (
          <span
            key={status}
            data-status={status}
            style={{ flexGrow: byStatus[status], backgroundColor: messageColor(status) }}
          />
        ),
      )}
      {byStatus.queued === 0 ? null : <span style={{ flexGrow: byStatus.queued }} />}
    </div>
  )
}
