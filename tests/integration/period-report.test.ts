import { expect, test } from 'vitest'
import { csvLines, exportedFile } from '../support/exported.ts'
import { addClient, addStartedDelivery, phoneNumber, settleMessages, testNow } from '../support/factories.ts'
import { storeApi } from '../support/store-api.ts'
import { openTestStore } from '../support/test-store.ts'

const day = 24 * 60 * 60_000

/** Two deliveries, the second a week later; of the first, one message was sent the next day. */
async function twoDeliveries() {
  const store = await openTestStore()
  await addClient(store, { phone: phoneNumber(1), tags: ['vip', 'new'], timeZone: 'Europe/Moscow' })
  await addClient(store, { phone: phoneNumber(2), tags: ['vip'], operatorCode: '916', timeZone: 'Asia/Omsk' })
  const gone = await addClient(store, { phone: phoneNumber(3), timeZone: 'Asia/Omsk' })
  const first = await addStartedDelivery(store)
  const [sent = 0, late = 0] = await settleMessages(store, first, 'sent', 2)
  await settleMessages(store, first, 'failed', 1)
  const second = await addStartedDelivery(store, { now: testNow + 7 * day })
  await settleMessages(store, second, 'sent', 1)
  await store.sql.transaction(async () => {
    const { sql } = store
    await sql.run('UPDATE messages SET sentAt = ? WHERE id = ?', [testNow, sent])
    await sql.run('UPDATE messages SET sentAt = ? WHERE id = ?', [testNow + day, late])
    await sql.run('UPDATE messages SET sentAt = createdAt WHERE deliveryId = ? AND status = ?', [second, 'sent'])
  })
  const { client } = storeApi(store)
  await client.clients.delete({ id: gone.id })
  return { store, client }
}

const week = { since: '2026-11-22', until: '2026-11-24', timeZone: 'Europe/Moscow' }

test('every message of a period counts once by day, code and zone, and once with each of its client’s tags', async () => {
  const { client } = await twoDeliveries()

  const report = await client.reports.period(week)

  expect(report.messages).toMatchObject({ total: 3, byStatus: { sent: 2, failed: 1, queued: 0 } })
  expect(report.days.map(({ value, messages: { total, byStatus } }) => [value, total, byStatus.sent])).toEqual([
    ['2026-11-22', 0, 0],
    ['2026-11-23', 2, 1],
    ['2026-11-24', 1, 1],
  ])
  const figures = (part: typeof report.tags) => part.map(({ value, messages }) => [value, messages.total])
  expect(figures(report.operatorCodes)).toEqual([
    ['900', 2],
    ['916', 1],
  ])
  expect(figures(report.timeZones)).toEqual([
    ['Asia/Omsk', 1],
    ['Europe/Moscow', 1],
    [null, 1],
  ])
  expect(figures(report.tags)).toEqual([
    ['vip', 2],
    ['new', 1],
    [null, 1],
  ])
})

test('a day belongs to the zone that is asked for', async () => {
  const { client } = await twoDeliveries()
  // Ten in the morning in UTC is the next day already on Kiritimati.
  const { days } = await client.reports.period({
    since: '2026-11-24',
    until: '2026-11-25',
    timeZone: 'Pacific/Kiritimati',
  })
  expect(days.map(({ messages }) => messages.total)).toEqual([2, 1])
})

test('a period is exported as it is shown', async () => {
  const { client } = await twoDeliveries()
  const subject = { kind: 'period', by: 'operatorCode', period: week } as const
  const { text } = await exportedFile(await client.exports.write({ subject }))
  expect(csvLines(text).map((line) => [line[0], line[1], line[4]])).toEqual([
    ['operatorCode', 'messages', 'sent'],
    ['900', '2', '1'],
    ['916', '1', '1'],
  ])
})

test.each([
  [{ since: '2026-11-25', until: '2026-11-24' }, 'until', 'period_reversed'],
  [{ since: '2025-01-01', until: '2026-01-02' }, 'until', 'period_too_long'],
  [{ since: '2026-02-30', until: '2026-03-01' }, 'since', ''],
])('%j is refused at %s', async (period, path, message) => {
  const { client } = await twoDeliveries()
  await expect(client.reports.period(period)).rejects.toMatchObject({
    data: { issues: [{ path: [path], message: expect.stringContaining(message) }] },
  })
})
