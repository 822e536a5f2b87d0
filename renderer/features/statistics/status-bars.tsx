import { Group, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../components/format.ts'
import bars from '../../components/table/bar-table.module.css'
import classes from './status-bars.module.css'

interface StatusBarsProps {
  readonly title: string
  /** What is counted. */
  readonly unit: string
  readonly total: number
  /** At the right of the title. */
  readonly aside?: ReactNode
  readonly rows: readonly {
    readonly key: string
    readonly badge: ReactNode
    readonly color: string
    readonly count: number
  }[]
}

/** A bar chart that is also a table: each status with its bar, count and share. */
export function StatusBars({ title, unit, total, aside, rows }: StatusBarsProps) {
  const { t } = useTranslation('statistics')
  const format = useFormat()
  const id = useId()
  const largest = Math.max(1, ...rows.map((row) => row.count))
  return (
    <section className={classes.panel} aria-labelledby={id}>
      <Group justify="space-between" mb="xs">
        <Title order={2} id={id}>
          {title}
        </Title>
        {aside}
      </Group>
      <table className={bars.table} aria-labelledby={id}>
        <thead>
          <tr>
            <th scope="col">{t('columns.status')}</th>
            <td aria-hidden="true" />
            <th scope="col">{unit}</th>
            <th scope="col">{t('columns.share')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, badge, color, count }) => (
            <tr key={key} data-zero={count === 0 || undefined}>
              <th scope="row">{badge}</th>
              <td aria-hidden="true">
                <div className={classes.track}>
                  {count === 0 ? null : (
                    <div style={{ width: `${(count / largest) * 100}%`, backgroundColor: color }} />
                  )}
                </div>
              </td>
              <td>{format.number(count)}</td>
              <td>{total === 0 ? '—' : format.percent(count / total)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('total')}</th>
            <td aria-hidden="true" />
            <td>{format.number(total)}</td>
            <td />
          </tr>
        </tfoot>
      </table>
    </section>
  )
}
