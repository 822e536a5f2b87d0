import type { Channel } from '#shared/contract/gateway.ts'
import { assertNever } from '#shared/domain/assert-never.ts'
import { type Clock, wallClock } from '../base/clock.ts'
import type { Level } from '../base/trace-line.ts'
import type { GatewayEvent } from '../gateways/gateway.ts'
import type { Movement } from '../sending/progress.ts'
import type { SenderReport } from '../sending/sender.ts'
import type { BlockedReport } from '../sending/store-failures.ts'

/** What the rest of the program receives: one state of the channel, regardless of the cause. */
export type SenderStatusReport = Exclude<SenderReport, BlockedReport>

/** The receivers of the sender's reports. */
export interface SenderListeners {
  onLog(level: Level, text: string): void
  /** Whole lines of the log. */
  onTrace(lines: string): void
  onProgress(movements: readonly Movement[]): void
  onChannel(channel: Channel): void
  /** A receipt or a reply. */
  onGatewayEvent(event: GatewayEvent): void
}

/** Returns a function that passes each report to its receiver. */
export function routeReports(listeners: SenderListeners): (report: SenderStatusReport) => void {
  return (report) => {
    switch (report.type) {
      case 'log':
        return listeners.onLog(report.level, report.text)
      case 'trace':
        return listeners.onTrace(report.lines)
      case 'progress':
        return listeners.onProgress(report.movements)
      case 'channel':
        return listeners.onChannel(report.channel)
      case 'gateway':
        return listeners.onGatewayEvent(report.event)
      default:
        return assertNever(report)
    }
  }
}

/** What is known of the sending worker from outside: one that dies cannot report. */
export interface SenderHealth {
  /** The gateway refuses our token; a new worker must not try it again before the user has changed something. */
  readonly isStopped: boolean
  /** The worker reports: passed on, except for the channel's state while the store or the worker itself fails. */
  receive(report: SenderReport): void
  /** The worker has died and starts again after this time. */
  died(restartInMs: number): void
  /** The user has changed something: a stopped channel is tried again. */
  reopened(): void
  close(): void
}

export interface SenderHealthOptions {
  readonly onReport: (report: SenderStatusReport) => void
  readonly clock?: Clock
  /** A monotonic clock in milliseconds. */
  readonly monotonic?: () => number
}

/** This many deaths within this time are shown to the user, until a minute passes without one. */
const tooManyDeaths = 3
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
  let calmTimer: NodeJS.Timeout | undefined

  const at = (ms: number): string => new Date(ms).toISOString()

  /** A failing worker hides the state of the store, and a failing store hides the gateway. */
  const report = (): void => onReport({ type: 'channel', channel: failing ?? blocked ?? channel })

  function change(next: Channel): void {
    channel = next
    if (failing === null && blocked === null) report()
  }

  function block(next: Channel | null): void {
    if (next === blocked) return
    blocked = next
    if (failing === null) report()
  }

  function recover(): void {
    failing = null
    onReport({ type: 'log', level: 'info', text: 'the sending worker has run for a minute without dying' })
    report()
  }

  function died(restartInMs: number): void {
    const now = monotonic()
    deaths = [...deaths.filter((death) => death > now - withinMs), now]
    // The next worker finds out again whether the gateway can be reached and the store can be written.
    if (channel.status === 'down') change(open)
    block(null)
    if (failing === null && deaths.length < tooManyDeaths) return
    if (failing === null) {
      const text = `the sending worker died ${deaths.length} times within a minute: nothing is lost, but messages wait; the lines before this one say why`
      onReport({ type: 'log', level: 'error', text })
    }
    const since = failing?.since ?? at(clock.now() - (now - (deaths[0] ?? now)))
    failing = { status: 'failing', reason: null, since, nextProbeAt: at(clock.now() + restartInMs) }
    report()
    clearTimeout(calmTimer)
    calmTimer = setTimeout(recover, withinMs)
  }

  return {
    get isStopped() {
      return channel.status === 'stopped'
    },
    receive(next) {
      if (next.type === 'channel') change(next.channel)
      else if (next.type === 'blocked') block(next.blocked)
      else onReport(next)
    },
    died,
    reopened() {
      if (channel.status === 'stopped') change(open)
    },
    close: () => clearTimeout(calmTimer),
  }
}
