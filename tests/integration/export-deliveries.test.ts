import { expect, test } from 'vitest'
import { csvLines, exportedFile, xlsxLines } from '../support/exported.ts'
import { addClients, addDelivery, addStartedDelivery, settleMessages, testNow } from '../support/factories.ts'
import { storeApi } from '../support/store-api.ts'
import { openTestStore } from '../support/test-store.ts'

const at = new Date(testNow).toISOString()

async function deliveredStore() {
  const store = await openTestStore()
  await addClients(store, 6)
  const deliveryId = await addStartedDelivery(store, { name: '=Sale' })
  const sent = await settleMessages(store, deliveryId, 'sent', 3)
  const failed = await settleMessages(store, deliveryId, 'failed', 2)
  await store.sql.transaction(async () => {
    const { sql } = store
    const insert =
      'INSERT INTO attempts (messageId, startedAt, durationMs, httpStatus, counted, status, errorCode, detail) VALUES (?, ?, ?, ?, 1, ?, ?, ?)'
    await sql.run(insert, [failed[0] ?? 0, testNow - 5000, 80, 503, 'queued', 'server_error', 'busy'])
    await sql.run(insert, [failed[0] ?? 0, testNow, 12, 400, 'failed', 'rejected', 'no such number'])
    await sql.run('INSERT INTO delivery_errors (deliveryId, code, count) VALUES (?, ?, ?)', [deliveryId, 'rejected', 2])
    for (const [second, sentThen] of [
      [0, 2],
      [5, 1],
    ] as const)
      await sql.run('INSERT INTO delivery_timeline (deliveryId, at, sent, failed) VALUES (?, ?, ?, ?)', [
        deliveryId,
        testNow + second * 1000,
        sentThen,
        second === 5 ? 2 : 0,
      ])
  })
  return { store, deliveryId, sent, failed, ...storeApi(store) }
}

test('the messages of a delivery are exported with their last request, in the user’s language', async () => {
  const { client, deliveryId, failed } = await deliveredStore()
  const words = { 'status.failed': 'Не доставлено', 'error.rejected': 'Отказ шлюза' }
  const { told, text } = await exportedFile(
    await client.exports.write({ subject: { kind: 'messages', deliveryId }, words }),
  )
  const [header, ...lines] = csvLines(text)
  expect(header).toEqual([
    ...['id', 'phone', 'status', 'attempts', 'sentAt', 'nextAttemptAt', 'error', 'errorDetail'],
    ...['lastAttemptAt', 'lastHttpStatus', 'lastDurationMs', 'createdAt', 'clientId'],
  ])
  expect(lines.map((line) => line[2])).toEqual(['sent', 'sent', 'sent', 'Не доставлено', 'Не доставлено', 'queued'])
  expect(lines[3]).toEqual([
    ...[String(failed[0]), '79000000003', 'Не доставлено', '1', '', '', 'Отказ шлюза', 'no such number'],
    ...[at, '400', '12', at, '4'],
  ])
  expect(told[0]).toMatchObject({ total: 6 })
})

test('the messages of one state alone are exported where that is asked for', async () => {
  const { client, deliveryId, sent } = await deliveredStore()
  const { told, bytes } = await exportedFile(
    await client.exports.write({
      subject: { kind: 'messages', deliveryId, status: 'sent' },
      format: 'xlsx',
      timeZone: 'UTC',
    }),
  )
  const [, ...lines] = await xlsxLines(bytes)
  expect(lines.map((line) => line[0])).toEqual(sent)
  expect(lines[0]?.slice(1, 5)).toEqual(['79000000000', 'sent', 1, new Date(testNow)])
  expect(told.at(-1)).toEqual({ kind: 'done', lines: 3 })
})

test('the general statistics have a line for each delivery, the newest first', async () => {
  const { client, store } = await deliveredStore()
  await addDelivery(store, { name: 'Next', status: 'draft' })
  const { text } = await exportedFile(
    await client.exports.write({ subject: { kind: 'deliveries' }, words: { 'deliveryStatus.draft': 'Черновик' } }),
  )
  const [header, ...lines] = csvLines(text)
  expect(header?.slice(7)).toEqual([
    'messages',
    'queued',
    'sending',
    'sent',
    'failed',
    'expired',
    'cancelled',
    'uncertain',
  ])
  expect(lines.map((line) => [line[1], line[2], ...line.slice(7)])).toEqual([
    ['Next', 'Черновик', '0', '0', '0', '0', '0', '0', '0', '0'],
    ["'=Sale", 'running', '6', '1', '0', '3', '2', '0', '0', '0'],
  ])
})

test('a delivery’s results and its seconds are exported each on their own', async () => {
  const { client, deliveryId } = await deliveredStore()
  const results = await exportedFile(await client.exports.write({ subject: { kind: 'results', deliveryId } }))
  expect(csvLines(results.text)).toEqual(
    expect.arrayContaining([
      ['counted', 'result', 'count'],
      ['messages', 'sent', '3'],
      ['messages', 'failed', '2'],
      ['failedAttempts', 'rejected', '2'],
    ]),
  )
  const seconds = await exportedFile(await client.exports.write({ subject: { kind: 'timeline', deliveryId } }))
  expect(seconds.told[0]).toMatchObject({ total: 2 })
  expect(csvLines(seconds.text)).toEqual([
    ['at', 'sent', 'failed'],
    [at, '2', '0'],
    [new Date(testNow + 5000).toISOString(), '1', '2'],
  ])
})

test.each(['messages', 'results', 'timeline'] as const)(
  '%s of a delivery that is not there are refused',
  async (kind) => {
    const { client } = await deliveredStore()
    const events = await client.exports.write({ subject: { kind, deliveryId: 99 } })
    await expect(events.next()).rejects.toMatchObject({ code: 'NOT_FOUND' })
  },
)
