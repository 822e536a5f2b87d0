import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useDeliveryRate } from '../../api/live.ts'
import { useFormat } from '../../components/format.ts'
import { MessageBar } from '../../components/message-bar.tsx'
import { shareDone, shownRate } from '../../components/pace-figures.ts'
import { useNow } from '../../components/time.tsx'
import { estimateTimeLeft, formatTimeLeft } from '../../components/time-left.ts'
import type { DeliveryResult } from './attention.ts'
import classes from './dashboard.module.css'

/** The running deliveries: progress, speed and time left. */
export function RunningList({ running }: { readonly running: readonly DeliveryResult[] }) {
  const { t } = useTranslation('dashboard')
  if (running.length === 0) return <Text c="dimmed">{t('running.none')}</Text>
  return (
    <ul className={classes.list}>
      {running.map((result) => (
        <RunningDelivery key={result.id} result={result} />
      ))}
    </ul>
  )
}

function RunningDelivery({ result: { id, name, messages, endsAt } }: { readonly result: DeliveryResult }) {
  const { t } = useTranslation('dashboard')
  const { t: shell } = useTranslation('shell')
  const format = useFormat()
  const { perSecond, recentRates } = useDeliveryRate(id)
  const waiting = messages.byStatus.queued + messages.byStatus.sending
  const left = estimateTimeLeft({ waiting, recentRates, dueInMs: 0, endsInMs: Date.parse(endsAt) - useNow() })
  const rate = t('running.rate', { count: shownRate(perSecond), rate: format.rate(perSecond) })
  return (
    <li>
      <Link to={`/deliveries/${id}`} className={classes.running}>
        <span className={classes.name} title={name}>
          {name}
        </span>
        <span className={classes.share}>{format.percent(shareDone(messages, 100))}</span>
        <span className={classes.progress}>
          <MessageBar messages={messages} />
        </span>
        <span className={classes.pace}>
          {left === null ? rate : `${rate} · ${t('running.left', { duration: formatTimeLeft(left, shell) })}`}
        </span>
      </Link>
    </li>
  )
}
