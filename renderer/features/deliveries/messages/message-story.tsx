import { Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { MessageStory } from '#shared/contract/messages.ts'
import { ActivityLine } from '../../../components/activity-line.tsx'
import { RequestLine } from '../../../components/request-line.tsx'
import { Story } from '../../../components/story.tsx'
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
