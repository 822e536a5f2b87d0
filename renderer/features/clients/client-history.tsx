import { Title } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ComponentType, type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { orpc } from '../../api/queries.ts'
import { ActivityItem } from '../../components/activity-item.tsx'
import { AttemptItem } from '../../components/attempt-item.tsx'
import { PagedEventList, useEntryLimit } from '../../components/paged-event-list.tsx'
import classes from './clients.module.css'

interface ClientHistoryProps {
  readonly clientId: number
  /** Whether the client is being deleted, so that there is nothing left to read. */
  readonly isBeingDeleted: boolean
  /** The frame around the list. */
  readonly frame?: ComponentType<{ readonly title: string; readonly children: ReactNode }>
}

/** What happened to a client and their messages, the latest first. */
export function ClientHistory({ clientId, isBeingDeleted, frame: Frame = DrawerSection }: ClientHistoryProps) {
  const { t } = useTranslation('activity')
  const { limit, showMore } = useEntryLimit()
  const query = useQuery(
    orpc.clients.activity.queryOptions({
      input: { id: clientId, limit },
      placeholderData: keepPreviousData,
      enabled: !isBeingDeleted,
    }),
  )
  return (
    <Frame title={t('history')}>
      <PagedEventList query={query} none={t('none')} showMore={showMore}>
        {(entry) => <ActivityItem key={entry.id} entry={entry} subject="client" />}
      </PagedEventList>
    </Frame>
  )
}

/** Every request with a message to a client, the latest message first. */
export function ClientRequests({ clientId, isBeingDeleted, frame: Frame = DrawerSection }: ClientHistoryProps) {
  const { t } = useTranslation('activity')
  const { limit, showMore } = useEntryLimit()
  const query = useQuery(
    orpc.clients.attempts.queryOptions({
      input: { id: clientId, limit },
      placeholderData: keepPreviousData,
      enabled: !isBeingDeleted,
    }),
  )
  return (
    <Frame title={t('requests')}>
      <PagedEventList query={query} none={t('noRequests')} showMore={showMore}>
        {({ messageId, ...attempt }) => (
          <AttemptItem key={`${messageId} ${attempt.number}`} attempt={attempt} messageId={messageId} />
        )}
      </PagedEventList>
    </Frame>
  )
}

function DrawerSection({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const titleId = useId()
  return (
    <section className={classes.history} aria-labelledby={titleId}>
      <Title order={3} mb="xs" id={titleId}>
        {title}
      </Title>
      {children}
    </section>
  )
}
