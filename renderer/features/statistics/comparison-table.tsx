import { Anchor, ScrollArea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useFormat } from '../../components/format.ts'
import { MessageBar } from '../../components/message-bar.tsx'
import bars from '../../components/table/bar-table.module.css'
import type { ComparedDelivery } from './compared-delivery.ts'
import classes from './statistics-screen.module.css'

/** One row for each delivery; the bars are fractions, so that small and large ones are comparable. */
export function ComparisonTable({ compared }: { readonly compared: readonly ComparedDelivery[] }) {
  const { t } = useTranslation('statistics')
  const format = useFormat()
  return (
    <ScrollArea type="auto" offsetScrollbars="x">
      <table className={bars.table} aria-label={t('comparison.table')}>
        <thead>
          <tr>
            <th scope="col">{t('columns.delivery')}</th>
            <td aria-hidden="true" />
            <th scope="col">{t('columns.messages')}</th>
            <th scope="col">{t('columns.shareSent')}</th>
            <th scope="col">{t('comparison.failedShare')}</th>
            <th scope="col">{t('comparison.duration')}</th>
            <th scope="col">{t('comparison.perSecond')}</th>
            <th scope="col">{t('comparison.failedAttempts')}</th>
          </tr>
        </thead>
        <tbody>
          {compared.map(({ id, name, messages, durationMs, perSecond, failedAttempts }) => {
            const share = (count: number) => (messages.total === 0 ? '—' : format.percent(count / messages.total))
            return (
              <tr key={id}>
                <th scope="row">
                  <Anchor component={Link} to={`/deliveries/${id}`} size="sm">
                    {name}
                  </Anchor>
                </th>
                <td aria-hidden="true">
                  <div className={classes.bar}>
                    <MessageBar messages={messages} tall />
                  </div>
                </td>
                <td>{format.number(messages.total)}</td>
                <td>{share(messages.byStatus.sent)}</td>
                <td>{share(messages.byStatus.failed + messages.byStatus.expired)}</td>
                <td>{durationMs === null ? '—' : format.duration(durationMs)}</td>
                <td>{perSecond === null ? '—' : format.rate(perSecond)}</td>
                <td>{format.number(failedAttempts)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </ScrollArea>
  )
}
