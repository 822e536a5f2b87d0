import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type MessageStatus, messageStatuses } from '#shared/domain/states.ts'
import { useFormat } from '../../../components/format.ts'
import type { MessageTotals } from '../../../components/message-bar.tsx'
import { MessageStatusBadge } from '../../../components/status.tsx'
import classes from './live-counters.module.css'

interface LiveCountersProps {
  readonly messages: MessageTotals
  /** The status that filters the message table. */
  readonly chosen: MessageStatus | null
  readonly onChoose: (status: MessageStatus | null) => void
}

/** The number of messages in each status; a click filters the table below. */
export function LiveCounters({ messages, chosen, onChoose }: LiveCountersProps) {
  const { t } = useTranslation(['deliveries', 'messages'])
  const format = useFormat()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a form's look and meaning with it
    <div className={classes.counters} role="group" aria-label={t('deliveries:page.counters')}>
      {messageStatuses.map((status) => {
        const count = messages.byStatus[status]
        return (
          <UnstyledButton
            key={status}
            className={classes.counter ?? ''}
            data-zero={count === 0 || undefined}
            aria-pressed={chosen === status}
            title={`${t(`messages:statusMeaning.${status}`)}. ${t('deliveries:page.counterFilter')}`}
            onClick={() => onChoose(chosen === status ? null : status)}
          >
            <MessageStatusBadge status={status} />
            <span className={classes.number}>{format.number(count)}</span>
          </UnstyledButton>
        )
      })}
    </div>
  )
}
