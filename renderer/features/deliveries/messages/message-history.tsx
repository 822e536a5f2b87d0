import { Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { MessageStory } from '#shared/contract/messages.ts'
import { ActivityItem } from '../../../components/activity-item.tsx'
import { AttemptItem } from '../../../components/attempt-item.tsx'
import { EventList } from '../../../components/event-list.tsx'
import { mergeHistory } from './merge-history.ts'

interface MessageHistoryProps {
  readonly message: Pick<MessageStory, 'history' | 'changes'>
}

/** The history of a message, the latest first: each request, and each change of its status or its delivery's. */
export function MessageHistory({ message }: MessageHistoryProps) {
  const { t } = useTranslation('messages')
  const entries = mergeHistory(message)
  return (
    <section>
      <Title order={3} mb="xs">
        {t('drawer.history')}
      </Title>
      {entries.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('drawer.historyNone')}
        </Text>
      ) : (
        <EventList>
          {entries.map((entry) =>
            entry.kind === 'request' ? (
              <AttemptItem key={`request ${entry.attempt.number}`} attempt={entry.attempt} />
            ) : (
              <ActivityItem key={entry.change.id} entry={entry.change} subject="message" />
            ),
          )}
        </EventList>
      )}
    </section>
  )
}
