import { useTranslation } from 'react-i18next'
import type { DayStatistics } from '#shared/contract/statistics.ts'
import { useFormat } from '../../components/format.ts'
import { messageColor } from '../../components/status.tsx'
import bars from '../../components/table/bar-table.module.css'
import classes from './dashboard.module.css'

/** The results of each day: a chart that is also a table. */
export function WeekTable({ days }: { readonly days: DayStatistics['days'] }) {
  const { t } = useTranslation('dashboard')
  const format = useFormat()
  const largest = Math.max(1, ...days.map(({ sent, failed }) => sent + failed))
  const width = (count: number) => ({ width: `${(count / largest) * 100}%` })
  return (
    <table className={bars.table}>
      <thead>
        <tr>
          <th scope="col">{t('week.day')}</th>
          <td aria-hidden="true" />
          <th scope="col">{t('week.sent')}</th>
          <th scope="col">{t('week.failed')}</th>
        </tr>
      </thead>
      <tbody>
        {days.toReversed().map(({ day, sent, failed }, index) => (
          <tr key={day} data-zero={sent + failed === 0 || undefined}>
            <th scope="row">{index === 0 ? t('week.today') : format.calendarDay(day)}</th>
            <td aria-hidden="true">
              <div className={classes.track}>
                {sent === 0 ? null : <div style={{ ...width(sent), backgroundColor: messageColor('sent') }} />}
                {failed === 0 ? null : (
                  <div data-failed style={{ ...width(failed), backgroundColor: messageColor('failed') }} />
                )}
              </div>
            </td>
            <td>{format.number(sent)}</td>
            <td>{format.number(failed)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
