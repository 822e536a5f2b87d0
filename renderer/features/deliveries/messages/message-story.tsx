import { Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Attempt, MessageStory } from '#shared/contract/messages.ts'
import { ActivityLine } from '../../../components/activity-line.tsx'
import { useFormat } from '../../../components/format.ts'
import { Story, type StoryFact, StoryLine } from '../../../components/story.tsx'
import { errorDetail } from './error-detail.ts'
import { tellStory } from './tell-story.ts'

interface StoryOfMessageProps {
  readonly message: Pick<MessageStory, 'history' | 'changes'>
}

/** Everything that became of a message, the latest first: each request, and each change of its state or of its delivery's. */
export function StoryOfMessage({ message }: StoryOfMessageProps) {
  const { t } = useTranslation('messages')
  const story = tellStory(message)
  return (
    <section>
      <Title order={3} mb="xs">
        {t('drawer.history')}
      </Title>
      {story.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('drawer.historyNone')}
        </Text>
      ) : (
        <Story>
          {story.map((entry) =>
            entry.kind === 'request' ? (
              <RequestLine key={`request ${entry.attempt.number}`} attempt={entry.attempt} />
            ) : (
              <ActivityLine key={entry.change.id} entry={entry.change} of="message" />
            ),
          )}
        </Story>
      )}
    </section>
  )
}

function RequestLine({ attempt }: { readonly attempt: Attempt }) {
  const { t } = useTranslation(['messages', 'shell'])
  const { t: deliveries } = useTranslation('deliveries')
  const format = useFormat()
  const { error, httpStatus, status } = attempt
  const facts: StoryFact[] = [
    { name: 'number', words: t('messages:drawer.request', { number: attempt.number }) },
    { name: 'duration', words: format.duration(attempt.durationMs) },
  ]
  if (httpStatus !== null) facts.push({ name: 'http', words: t('messages:drawer.http', { status: httpStatus }) })
  // A text that cannot be made was not sent anywhere, so that no answer is missing.
  else if (error?.code !== 'template') facts.push({ name: 'http', words: t('messages:drawer.noAnswer') })
  if (!attempt.counted) facts.push({ name: 'counted', words: t('messages:drawer.notCounted') })
  if (status !== null)
    facts.push({
      name: 'after',
      words: t('messages:drawer.after', { status: t(`shell:status.message.${status}`) }),
    })
  return (
    <StoryLine
      title={error === null ? t('messages:drawer.accepted') : t(`messages:error.${error.code}`)}
      at={attempt.startedAt}
      facts={facts}
      words={error === null ? attempt.answer : errorDetail(error, deliveries)}
    />
  )
}
