import { Anchor } from '@mantine/core'
import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ActivityEntry } from '#shared/contract/activity.ts'
import { type DeliveryStatus, deliveryStatuses, type MessageStatus, messageStatuses } from '#shared/domain/states.ts'
import { clientStatuses, editableFields } from './activity-names.ts'
import { type EventDetail, EventItem } from './event-list.tsx'
import { useFormat } from './format.ts'
import { DeliveryStatusBadge, MessageStatusBadge } from './status.tsx'

/** The subject of the list that shows the event. */
type Subject = 'message' | 'delivery' | 'client' | 'journal'

interface ActivityItemProps {
  readonly entry: ActivityEntry
  readonly subject: Subject
}

/** One event: what changed, why, and whether the user did it. */
export function ActivityItem({ entry, subject }: ActivityItemProps) {
  const facts = useFacts(entry, subject)
  return (
    <EventItem
      title={<Title entry={entry} />}
      at={entry.at}
      facts={facts}
      words={useChanges(entry)}
      isAside={subject === 'message' && entry.messageId === null}
    />
  )
}

function Title({ entry }: { readonly entry: ActivityEntry }) {
  const { t } = useTranslation('activity')
  const format = useFormat()
  if (entry.edited.length > 0)
    return t('edited', { fields: format.list(entry.edited.map((field) => wordFor(field, t))) })
  if (entry.clients !== null) {
    return (
      <>
        {t('clients', { count: entry.clients })} <Status subject={entry} status={entry.status} />
      </>
    )
  }
  if (entry.messages === null) return <Status subject={entry} status={entry.status} />
  return (
    <>
      {t('messages', { count: entry.messages })} <Status subject={entry} status={entry.status} />
    </>
  )
}

/** A status with its icon; an unknown status is shown as it is. */
function Status({ subject, status }: { readonly subject: ActivityEntry; readonly status: string | null }) {
  const { t } = useTranslation('activity')
  if (isOfMessages(subject)) {
    const known = messageStatus(status)
    if (known !== undefined) return <MessageStatusBadge status={known} />
  } else {
    const known = subject.deliveryId === null ? undefined : deliveryStatus(status)
    if (known !== undefined) return <DeliveryStatusBadge status={known} />
  }
  const word = clientStatuses.find((each) => each === status)
  return word === undefined ? status : t(`status.${word}`)
}

function wordFor(field: string, t: TFunction<'activity'>): string {
  const known = editableFields.find((each) => each === field)
  return known === undefined ? field : t(`field.${known}`)
}

/** The old and new value of each field, one line each. */
function useChanges({ changes }: ActivityEntry): string {
  const { t } = useTranslation('activity')
  return changes
    .map(({ field, before, after }) =>
      before === null && after === null
        ? t('changeUntold', { field: wordFor(field, t) })
        : t('change', { field: wordFor(field, t), before: before ?? t('nothing'), after: after ?? t('nothing') }),
    )
    .join('\n')
}

function useFacts(entry: ActivityEntry, subject: Subject): readonly EventDetail[] {
  const { t } = useTranslation(['activity', 'shell'])
  const format = useFormat()
  const { because, by, deliveryId, messageId, timeZone, until } = entry
  const facts: EventDetail[] = []
  const add = (name: string, words: ReactNode) => facts.push({ name, words })
  if (subject === 'journal') {
    if (entry.segment !== null) add('segment', t('activity:theSegment', { name: entry.segment }))
    if (entry.template !== null) add('template', t('activity:theTemplate', { name: entry.template }))
    if (entry.settings !== null) add('settings', t(`activity:settings.${entry.settings}`))
    if (deliveryId !== null)
      add('delivery', <To to={`/deliveries/${deliveryId}`}>{t('activity:theDelivery', { delivery: deliveryId })}</To>)
    if (entry.clientId !== null)
      add('client', <To to={`/clients/${entry.clientId}`}>{t('activity:theClient', { client: entry.clientId })}</To>)
  }
  if (entry.tags !== null) add('tags', t('activity:tags', { tags: entry.tags }))
  if (subject === 'message' && messageId === null) add('whole', t('activity:wholeDelivery'))
  if (because !== null) add('because', t(`activity:because.${because}`))
  if (until !== null) add('until', t('activity:until', { at: format.exactMoment(until) }))
  if (timeZone !== null) add('timeZone', t('activity:timeZone', { timeZone }))
  const before = isOfMessages(entry) ? messageStatus(entry.was) : undefined
  if (before !== undefined) add('was', t('activity:was', { status: t(`shell:status.message.${before}`) }))
  const deliveryBefore = isOfMessages(entry) ? undefined : deliveryStatus(entry.was)
  if (deliveryBefore !== undefined)
    add('was', t('activity:was', { status: t(`shell:status.delivery.${deliveryBefore}`) }))
  if (by === 'operator') add('by', t('activity:byOperator'))
  if (subject === 'client' && messageId !== null && deliveryId !== null)
    add(
      'message',
      <To to={`/deliveries/${deliveryId}?message=${messageId}`}>
        {t('activity:messageOf', { message: messageId, delivery: deliveryId })}
      </To>,
    )
  return facts
}

function To({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  return (
    <Anchor component={Link} to={to} inherit underline="always">
      {children}
    </Anchor>
  )
}

function isOfMessages({ messageId, messages }: ActivityEntry): boolean {
  return messageId !== null || messages !== null
}

function messageStatus(status: string | null): MessageStatus | undefined {
  return messageStatuses.find((each) => each === status)
}

function deliveryStatus(status: string | null): DeliveryStatus | undefined {
  return deliveryStatuses.find((each) => each === status)
}
