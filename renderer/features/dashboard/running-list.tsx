import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useLiveDelivery } from '../../api/live.tsx'
import { useFormat } from '../../components/format.ts'
import { MessageBar } from '../../components/message-bar.tsx'
import { msLeft, shareDone, shownRate } from '../../components/pace-figures.ts'
import type { Result } from './attention.ts'
import classes from './dashboard.module.css'

/** What goes out at this moment: how far, how fast, how long still. */
export function RunningList({ running }: { readonly running: readonly Result[] }) {
  const { t } = useTranslation('dashboard')
  if (running.length === 0) return <Text c="dimmed">{t('running.none')}</Text>
  return (
    <ul className={classes.list}>
      {running.map((result) => (
        <Running key={result.id} result={result} />
      ))}
    </ul>
  )
}

function Running({ result: { id, name, messages } }: { readonly result: Result }) {
  const { t } = useTranslation('dashboard')
  const format = useFormat()
  const { perSecond } = useLiveDelivery(id)
  const left = msLeft(messages, perSecond)
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
          {left === null ? rate : `${rate} · ${t('running.left', { duration: format.duration(left) })}`}
        </span>
      </Link>
    </li>
  )
}
