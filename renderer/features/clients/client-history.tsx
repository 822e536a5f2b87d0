import { Title } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { orpc } from '../../api/queries.ts'
import { ActivityList, useShownChanges } from '../../components/activity-list.tsx'
import classes from './clients.module.css'

interface ClientHistoryProps {
  readonly clientId: number
  /** The client is being deleted: there is nothing to read any more. */
  readonly isLeaving: boolean
}

/** What happened to a client and to the messages to them, the latest first. */
export function ClientHistory({ clientId, isLeaving }: ClientHistoryProps) {
  const { t } = useTranslation('activity')
  const { limit, showMore } = useShownChanges()
  const query = useQuery(
    orpc.clients.activity.queryOptions({
      input: { id: clientId, limit },
      placeholderData: keepPreviousData,
      enabled: !isLeaving,
    }),
  )
  const titleId = useId()
  return (
    <section className={classes.history} aria-labelledby={titleId}>
      <Title order={3} mb="xs" id={titleId}>
        {t('history')}
      </Title>
      <ActivityList of="client" query={query} showMore={showMore} />
    </section>
  )
}
