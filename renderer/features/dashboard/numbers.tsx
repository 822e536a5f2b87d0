import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { DayStatistics } from '#shared/contract/statistics.ts'
import { useFormat } from '../../components/format.ts'
import classes from './dashboard.module.css'

interface NumbersProps {
  readonly days: DayStatistics['days']
  /** Messages that are queued or in flight. */
  readonly waiting: number
}

/** The numbers of today and this week; each links to the screen with its details. */
export function Numbers({ days, waiting }: NumbersProps) {
  const { t } = useTranslation('dashboard')
  const today = days.at(-1) ?? { sent: 0, failed: 0 }
  const sum = (key: 'sent' | 'failed') => days.reduce((total, day) => total + day[key], 0)
  return (
    <ul className={classes.numbers} aria-label={t('numbers.label')}>
      <LinkedNumber label={t('numbers.sentToday')} value={today.sent} to="/statistics" />
      <LinkedNumber label={t('numbers.failedToday')} value={today.failed} to="/statistics" />
      <LinkedNumber label={t('numbers.sentWeek')} value={sum('sent')} to="/statistics" />
      <LinkedNumber label={t('numbers.failedWeek')} value={sum('failed')} to="/statistics" />
      <LinkedNumber label={t('numbers.waiting')} value={waiting} to="/deliveries" />
    </ul>
  )
}

function LinkedNumber({ label, value, to }: { readonly label: string; readonly value: number; readonly to: string }) {
  const format = useFormat()
  return (
    <li>
      <Link to={to} className={classes.figure}>
        <span>{label}</span>
        <strong>{format.number(value)}</strong>
      </Link>
    </li>
  )
}
