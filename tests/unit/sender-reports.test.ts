import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createSenderHealth } from '#electron/scheduler/sender-reports.ts'
import type { SenderReport } from '#electron/sending/sender.ts'
import type { Channel } from '#shared/contract/gateway.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-23T10:00:00.000Z') })
})
afterEach(() => {
  vi.useRealTimers()
})

const open: Channel = { status: 'open', reason: null, since: null, nextProbeAt: null }
const down: Channel = { ...open, status: 'down', reason: 'ECONNREFUSED', since: '2026-11-23T09:59:00.000Z' }
const stopped: Channel = { ...open, status: 'stopped', reason: 'HTTP 401', since: '2026-11-23T09:59:00.000Z' }

function watched() {
  const reports: SenderReport[] = []
  const health = createSenderHealth({ onReport: (report) => reports.push(report) })
  const channels = (): Channel[] => reports.flatMap((report) => (report.type === 'channel' ? [report.channel] : []))
  const errors = (): string[] =>
    reports.flatMap((report) => (report.type === 'log' && report.level === 'error' ? [report.text] : []))
  return { health, reports, channels, errors }
}

test('two deaths are not reported, a third within the minute is', () => {
  const { health, channels, errors } = watched()
  health.died(100)
  vi.advanceTimersByTime(30_000)
  health.died(200)
  expect(channels()).toEqual([])
  vi.advanceTimersByTime(29_000)
  health.died(400)

  expect(channels()).toEqual([
    {
      status: 'failing',
      reason: null,
      since: '2026-11-23T10:00:00.000Z',
      nextProbeAt: '2026-11-23T10:00:59.400Z',
    },
  ])
  expect(errors()).toEqual([expect.stringContaining('died 3 times within a minute')])
})

test('three deaths in more than a minute are not reported', () => {
  const { health, reports } = watched()
  for (let time = 0; time < 5; time += 1) {
    health.died(100)
    vi.advanceTimersByTime(31_000)
  }
  expect(reports).toEqual([])
})

test('each further death reports the next start, and the log has one line', () => {
  const { health, channels, errors } = watched()
  for (const pause of [100, 200, 400, 800]) health.died(pause)
  expect(channels().map((channel) => channel.nextProbeAt)).toEqual([
    '2026-11-23T10:00:00.400Z',
    '2026-11-23T10:00:00.800Z',
  ])
  expect(errors()).toHaveLength(1)
})

test('a minute without a death ends it, with the state of the channel by then', () => {
  const { health, channels } = watched()
  for (const pause of [100, 200, 400]) health.died(pause)
  health.receive({ type: 'channel', channel: down })
  vi.advanceTimersByTime(59_999)
  expect(channels().map((channel) => channel.status)).toEqual(['failing'])
  vi.advanceTimersByTime(1)
  expect(channels().at(-1)).toEqual(down)
  health.receive({ type: 'channel', channel: open })
  expect(channels().at(-1)).toEqual(open)
})

test('an outage is forgotten when the worker dies, a refused token is not', () => {
  const { health, channels } = watched()
  health.receive({ type: 'channel', channel: down })
  health.died(100)
  expect(channels().at(-1)).toEqual(open)

  health.receive({ type: 'channel', channel: stopped })
  health.died(200)
  expect(channels().at(-1)).toEqual(stopped)
  expect(health.isStopped).toBe(true)
  health.reopened()
  expect(channels().at(-1)).toEqual(open)
  expect(health.isStopped).toBe(false)
})

test('a store that is not writable hides the gateway, and a failing worker hides both', () => {
  const { health, channels } = watched()
  const blocked: Channel = { ...open, status: 'blocked', reason: 'the disk is full', since: '2026-11-23T10:00:00.000Z' }
  health.receive({ type: 'channel', channel: down })
  health.receive({ type: 'blocked', blocked })
  expect(channels().at(-1)).toEqual(blocked)
  health.receive({ type: 'channel', channel: stopped })
  expect(channels().at(-1)).toEqual(blocked)
  expect(health.isStopped).toBe(true)
  health.receive({ type: 'blocked', blocked: null })
  expect(channels().at(-1)).toEqual(stopped)

  health.receive({ type: 'blocked', blocked })
  for (const pause of [100, 200, 400]) health.died(pause)
  expect(channels().at(-1)?.status).toBe('failing')
  health.receive({ type: 'blocked', blocked })
  expect(channels().at(-1)?.status).toBe('failing')
  vi.advanceTimersByTime(60_000)
  expect(channels().at(-1)).toEqual(blocked)
})

test('a store failure is forgotten when the worker dies: the next one finds out again', () => {
  const { health, channels } = watched()
  health.receive({ type: 'blocked', blocked: { ...open, status: 'blocked' } })
  health.died(100)
  expect(channels().at(-1)).toEqual(open)
})

test('all other reports of the worker are passed on', () => {
  const { health, reports } = watched()
  const report = { type: 'trace', lines: 'line\n' } as const
  health.receive(report)
  expect(reports).toEqual([report])
})
