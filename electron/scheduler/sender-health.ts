import type { Channel } from '#shared/contract/gateway.ts'
import { type Clock, wallClock } from '../base/clock.ts'
import type { SenderReport } from '../sending/sender.ts'
import type { BlockedReport } from '../sending/store-trouble.ts'

/** What the rest of the program hears: the channel's state is one, whatever it comes from. */
export type SenderStatusReport = Exclude<SenderReport, BlockedReport>

/** What is known of the sending worker from outside: it may die, and then cannot tell. */
export interface SenderHealth {
  /** The gateway refuses our token; a new worker must not try it again before the operator has mended something. */
  readonly isStopped: boolean
  /** The worker reports: passed on, but for the channel's state while the store or the worker itself is what fails. */
  hear(report: SenderReport): void
  /** The worker has died and starts again after so long. */
  died(restartInMs: number): void
  /** The operator has mended something. */
  mended(): void
  close(): void
}

export interface SenderHealthOptions {
  readonly onReport: (report: SenderStatusReport) => void
  readonly clock?: Clock
  /** A monotonic clock in milliseconds. */
  readonly monotonic?: () => number
}

/** So many deaths within this time are told to the operator; so long without one, and all is well again. */
const tooMany = 3
const withinMs = 60_000

const open: Channel = { status: 'open', reason: null, since: null, nextProbeAt: null }

export function createSenderHealth({
  onReport,
  clock = wallClock,
  monotonic = () => performance.now(),
}: SenderHealthOptions): SenderHealth {
  let channel = open
  let blocked: Channel | null = null
  let deaths: number[] = []
  let failing: Channel | null = null
  let calm: NodeJS.Timeout | undefined

  const at = (ms: number): string => new Date(ms).toISOString()

  /** What is nearest to us hides what lies behind it. */
  const tell = (): void => onReport({ type: 'channel', channel: failing ?? blocked ?? channel })

  function change(next: Channel): void {
    channel = next
    if (failing === null && blocked === null) tell()
  }

  function block(next: Channel | null): void {
    if (next === blocked) return
    blocked = next
    if (failing === null) tell()
  }

  function recover(): void {
    failing = null
    onReport({ type: 'log', level: 'info', text: 'the sending worker has lived for a minute' })
    tell()
  }

  return {
    get isStopped() {
      return channel.status === 'stopped'
    },
    hear(report) {
      if (report.type === 'channel') change(report.channel)
      else if (report.type === 'blocked') block(report.blocked)
      else onReport(report)
    },
    died(restartInMs) {
      const now = monotonic()
      deaths = [...deaths.filter((death) => death > now - withinMs), now]
      // Whether the gateway can be reached and the store takes anything, the next worker finds out anew.
      if (channel.status === 'down') change(open)
      block(null)
      if (failing === null && deaths.length < tooMany) return
      if (failing === null) {
        const text = `the sending worker died ${deaths.length} times within a minute: nothing is lost, but messages wait; the lines before this one say why`
        onReport({ type: 'log', level: 'error', text })
      }
      const since = failing?.since ?? at(clock.now() - (now - (deaths[0] ?? now)))
      failing = { status: 'failing', reason: null, since, nextProbeAt: at(clock.now() + restartInMs) }
      tell()
      clearTimeout(calm)
      calm = setTimeout(recover, withinMs)
    },
    mended() {
      if (channel.status === 'stopped') change(open)
    },
    close: () => clearTimeout(calm),
  }
}
