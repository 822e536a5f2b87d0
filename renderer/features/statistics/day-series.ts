import type { Fill } from '../../components/chart-legend.tsx'
import { finishedCount, type MessageTotals } from '../../components/message-bar.tsx'
import { messageColor } from '../../components/status.tsx'

/** The parts of a day's column, from the bottom up. */
export interface DaySeries {
  readonly name: 'sent' | 'unsent' | 'waiting'
  readonly color: string
  readonly filling: Fill
  readonly count: (messages: MessageTotals) => number
}

export const daySeries: readonly DaySeries[] = [
  { name: 'sent', color: messageColor('sent'), filling: 'full', count: ({ byStatus }) => byStatus.sent },
  {
    name: 'unsent',
    color: messageColor('failed'),
    filling: 'hatched',
    count: (messages) => finishedCount(messages) - messages.byStatus.sent,
  },
  {
    name: 'waiting',
    color: messageColor('queued'),
    filling: 'empty',
    count: (messages) => messages.total - finishedCount(messages),
  },
]
