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
  /** The client is being deleted: there is nothing to read any more. */
  readonly isLeaving: boolean
  /** How it is set apart from what stands around it. */
  readonly frame?: ComponentType<{ readonly title: string; readonly children: ReactNode }>
}

/** What happened to a client and to the messages to them, the latest first. */
export function ClientHistory({ clientId, isLeaving, frame: Frame = DrawerSection }: ClientHistoryProps) {
  const { t } = useTranslation('activity')
  const { limit, showMore } = useEntryLimit()
  const query = useQuery(
    orpc.clients.activity.queryOptions({
      input: { id: clientId, limit },
      placeholderData: keepPreviousData,
      enabled: !isLeaving,
    }),
  )
  return (
    <Frame title={t('history')}>
      <PagedEventList query={query} none={t('none')} showMore={showMore}>
        {(entry) => <ActivityItem key={entry.id} entry={entry} of="client" />}
      </PagedEventList>
    </Frame>
  )
}

/** Every request that carried a message to a client, those of the latest message first. */
export function ClientRequests({ clientId, isLeaving, frame: Frame = DrawerSection }: ClientHistoryProps) {
  const { t } = useTranslation('activity')
  const { limit, showMore } = useEntryLimit()
  const query = useQuery(
    orpc.clients.attempts.queryOptions({
      input: { id: clientId, limit },
      placeholderData: keepPreviousData,
      enabled: !isLeaving,
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
