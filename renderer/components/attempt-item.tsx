import { useTranslation } from 'react-i18next'
import type { Attempt } from '#shared/contract/messages.ts'
import { errorDetail } from './error-detail.ts'
import { type EventDetail, EventItem } from './event-list.tsx'
import { useFormat } from './format.ts'

interface AttemptItemProps {
  readonly attempt: Attempt
  /** The message of the request, if the list is not about one message. */
  readonly messageId?: number
}

/** One request to the gateway: its result, its duration, and the gateway's answer. */
export function AttemptItem({ attempt, messageId }: AttemptItemProps) {
  const { t } = useTranslation(['messages', 'shell', 'activity'])
  const { t: shell } = useTranslation('shell')
  const format = useFormat()
  const { error, httpStatus, status } = attempt
  const facts: EventDetail[] = [
    { name: 'number', words: t('messages:drawer.request', { number: attempt.number }) },
    { name: 'duration', words: format.duration(attempt.durationMs) },
  ]
  if (messageId !== undefined) facts.unshift({ name: 'message', words: t('activity:message', { message: messageId }) })
  if (httpStatus !== null) facts.push({ name: 'http', words: t('messages:drawer.http', { status: httpStatus }) })
  // A text that failed to render was not sent, so no answer is missing.
  else if (error?.code !== 'template') facts.push({ name: 'http', words: t('messages:drawer.noAnswer') })
  if (!attempt.counted) facts.push({ name: 'counted', words: t('messages:drawer.notCounted') })
  if (status !== null)
    facts.push({
      name: 'after',
      words: t('messages:drawer.after', { status: t(`shell:status.message.${status}`) }),
    })
  return (
    <EventItem
      title={error === null ? t('messages:drawer.accepted') : t(`messages:error.${error.code}`)}
      at={attempt.startedAt}
      facts={facts}
      words={error === null ? attempt.answer : errorDetail(error, shell)}
    />
  )
}
