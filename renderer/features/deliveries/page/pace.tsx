import { Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Delivery } from '#shared/contract/deliveries.ts'
import { useDeliveryRate } from '../../../api/live.ts'
import { orpc } from '../../../api/queries.ts'
import { useFormat } from '../../../components/format.ts'
import { finishedCount, MessageBar } from '../../../components/message-bar.tsx'
import { averagePerSecond, msSpent, shareDone, shownRate } from '../../../components/pace-figures.ts'
import { useNow } from '../../../components/time.tsx'
import { estimateTimeLeft, formatTimeLeft } from '../../../components/time-left.ts'
import classes from './pace.module.css'

/** How far the delivery is, how fast it is, and how long it takes or took. */
export function Pace({ delivery }: { readonly delivery: Delivery }) {
  const { t } = useTranslation('deliveries')
  const format = useFormat()
  const { perSecond } = useDeliveryRate(delivery.id)
  const { messages } = delivery
  const done = finishedCount(messages)
  const spentMs = msSpent(delivery)
  const average = spentMs === null ? 0 : averagePerSecond(messages, spentMs)
  return (
    <div className={classes.pace}>
      <div className={classes.progress}>
        <MessageBar messages={messages} tall />
        <Group justify="space-between" mt={6}>
          <Text size="sm">{t('page.progress', { done, count: messages.total })}</Text>
          <Text size="sm" fw={600}>
            {t('page.share', { share: format.percent(shareDone(messages, 1000)) })}
          </Text>
        </Group>
      </div>
      {delivery.status === 'running' ? (
        <>
          <PaceFigure value={format.rate(perSecond)} label={t('page.perSecond', { count: shownRate(perSecond) })} />
          <TimeLeftFigure delivery={delivery} />
        </>
      ) : spentMs === null ? null : (
        <>
          <PaceFigure value={format.rate(average)} label={t('page.average', { count: shownRate(average) })} />
          <PaceFigure value={format.duration(spentMs)} label={t('page.took')} />
        </>
      )}
    </div>
  )
}

/** The remaining time as a range, and whether the delivery ends first. */
function TimeLeftFigure({ delivery: { id, messages, endsAt } }: { readonly delivery: Delivery }) {
  const { t } = useTranslation('deliveries')
  const { t: shell } = useTranslation('shell')
  const now = useNow()
  const { recentRates } = useDeliveryRate(id)
  const { data } = useQuery(orpc.statistics.detail.queryOptions({ input: { id } }))
  const waitsUntil = data?.waitsUntil ?? null
  const left = estimateTimeLeft({
    waiting: messages.byStatus.queued + messages.byStatus.sending,
    recentRates,
    dueInMs: waitsUntil === null ? 0 : Date.parse(waitsUntil) - now,
    endsInMs: Date.parse(endsAt) - now,
  })
  return left === null ? (
    <PaceFigure value="—" label={t('page.timeLeft.in-time')} />
  ) : (
    <PaceFigure value={formatTimeLeft(left, shell)} label={t(`page.timeLeft.${left.end}`)} />
  )
}

function PaceFigure({ value, label }: { readonly value: string; readonly label: string }) {
  return (
    <div className={classes.figure}>
      <div className={classes.value}>{value}</div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
    </div>
  )
}
