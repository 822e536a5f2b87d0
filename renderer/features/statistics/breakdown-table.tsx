import { useTranslation } from 'react-i18next'
import { useFormat } from '../../components/format.ts'
import { MessageBar, type MessageTotals } from '../../components/message-bar.tsx'
import bars from '../../components/table/bar-table.module.css'

interface BreakdownTableProps {
  /** What a row represents. */
  readonly of: string
  readonly lines: readonly { readonly key: string; readonly label: string; readonly messages: MessageTotals }[]
}

/** Rows with a bar relative to the largest one; failures are hatched. */
export function BreakdownTable({ of, lines }: BreakdownTableProps) {
  const { t } = useTranslation('statistics')
  const format = useFormat()
  const largest = Math.max(1, ...lines.map(({ messages }) => messages.total))
  return (
    <table className={bars.table} aria-label={of}>
      <thead>
        <tr>
          <th scope="col">{of}</th>
          <td aria-hidden="true" />
          <th scope="col">{t('columns.messages')}</th>
          <th scope="col">{t('columns.sent')}</th>
          <th scope="col">{t('columns.shareSent')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ key, label, messages }) => (
          <tr key={key} data-zero={messages.total === 0 || undefined}>
            <th scope="row">{label}</th>
            <td aria-hidden="true">
              {messages.total === 0 ? null : (
                <div style={{ width: `max(3px, ${(messages.total / largest) * 100}%)` }}>
                  <MessageBar messages={messages} tall />
                </div>
              )}
            </td>
            <td>{format.number(messages.total)}</td>
            <td>{format.number(messages.byStatus.sent)}</td>
            <td>{messages.total === 0 ? '—' : format.percent(messages.byStatus.sent / messages.total)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
