import { expect, test } from 'vitest'
import { cancelMessagesTo } from '#electron/store/clients/cancel-for-client.ts'
import { cancelDelivery, deliveryRow, removeDelivery } from '#electron/store/deliveries/deliveries.ts'
import {
  beginDelivery,
  completeFinished,
  expireOverdue,
  findDue,
  nextTurn,
} from '#electron/store/send-queue/delivery-life.ts'
import {
  cancelStatements,
  claimStatements,
  deferToWindow,
  findAttempts,
  findDueMessages,
  findRunning,
  findStates,
  isCurrent,
  lastChangeAt,
  lastDueAt,
  nextDueAt,
  requeueAfterClockBack,
  requeueAfterWindowChange,
} from '#electron/store/send-queue/message-queue.ts'
import { type Recorded, recordStatements } from '#electron/store/send-queue/message-results.ts'
import { settleOrphans } from '#electron/store/send-queue/orphans.ts'
import { refundAttempts } from '#electron/store/send-queue/refund-attempts.ts'
import type { WriteSession } from '#electron/store/sqlite/connection.ts'
import { openSession } from '#electron/store/sqlite/connection.ts'
import { type ExplainedSession, explained } from '#tests/support/explained-session.ts'
import { addClients, addDelivery, addStartedDelivery, settleMessages, testNow } from '#tests/support/factories.ts'
import { temporaryStore } from '#tests/support/temporary-store.ts'

const now = testNow
const exec = (sql: WriteSession, statements: readonly string[]) => sql.exec(statements.join(';\n'))

const refused: Recorded = {
  id: 1,
  deliveryId: 1,
  verdict: { status: 'queued', nextAttemptAt: now },
  attempt: { startedAt: now, durationMs: 1, httpStatus: 503, counted: true, errorCode: 'server_error', detail: '' },
}
const accepted: Recorded = {
  ...refused,
  verdict: { status: 'sent' },
  attempt: { startedAt: now, durationMs: 1, httpStatus: 200, counted: true, errorCode: null, detail: '' },
}

/** Everything that is done while messages go out, and the step by which it must find its messages; null where it needs none. */
const queries: readonly [string, RegExp | null, (sql: WriteSession) => Promise<unknown>][] = [
  ['which deliveries run', null, (sql) => findRunning(sql, now)],
  ['how deliveries stand', null, (sql) => findStates(sql, [1, 2])],
  ['whether a delivery is as it was', null, async (sql) => isCurrent(sql, await runningOne(sql))],
  [
    'what is due',
    /SEARCH m USING INDEX messages_queue \(deliveryId=\? AND nextAttemptAt<\?\)/,
    async (sql) => findDueMessages(sql, await runningOne(sql), now, 32),
  ],
  ['when something is due', /USING (COVERING )?INDEX messages_queue/, (sql) => nextDueAt(sql, 1)],
  ['until when the last waits', /USING (COVERING )?INDEX messages_queue/, (sql) => lastDueAt(sql, 1)],
  ['claiming', /SEARCH messages USING INTEGER PRIMARY KEY/, (sql) => exec(sql, claimStatements(1, [1, 2]))],
  ['cancelling some', /SEARCH messages USING INTEGER PRIMARY KEY/, (sql) => exec(sql, cancelStatements(1, [3]))],
  [
    'putting a zone off',
    /USING COVERING INDEX messages_queue/,
    (sql) => deferToWindow(sql, 1, 'Europe/Moscow', now, now + 1),
  ],
  ['freeing when the clock went back', /USING INDEX messages_queue/, (sql) => requeueAfterClockBack(sql, now)],
  ['how many attempts were made', /SEARCH messages USING INTEGER PRIMARY KEY/, (sql) => findAttempts(sql, [1, 2])],
  ['when something was last changed', null, (sql) => lastChangeAt(sql)],
  [
    'giving attempts back',
    /SEARCH a USING INDEX attempts_message/,
    (sql) => refundAttempts(sql, [{ messageId: 1, deliveryId: 1, startedAt: now }], now),
  ],
  ['freeing from the window', /USING INDEX messages_queue/, (sql) => requeueAfterWindowChange(sql, 1, now)],
  [
    'writing down what was sent',
    /SEARCH messages USING INTEGER PRIMARY KEY/,
    (sql) => exec(sql, recordStatements([accepted], now)),
  ],
  [
    'writing down what was not',
    /SEARCH messages USING INTEGER PRIMARY KEY/,
    (sql) => exec(sql, recordStatements([refused], now)),
  ],
  ['which deliveries are due', null, (sql) => findDue(sql, now)],
  ['beginning', null, (sql) => beginDelivery(sql, 3, now)],
  ['expiring', /USING (COVERING )?INDEX messages_queue/, (sql) => expireOverdue(sql, now + 1e9)],
  ['completing', null, (sql) => completeFinished(sql, now)],
  ['when a delivery starts or ends', null, (sql) => nextTurn(sql, now)],
  ['settling orphans', /SEARCH messages USING INTEGER PRIMARY KEY/, (sql) => settleOrphans(sql, 'resend', now)],
  [
    'cancelling for a client',
    /USING INDEX messages_client/,
    (sql) => cancelMessagesTo({ sql, note: () => undefined }, [5], 'clientDeleted'),
  ],
]

async function runningOne(sql: WriteSession) {
  const [delivery] = await findRunning(sql, now)
  if (delivery === undefined) throw new Error('no delivery runs')
  return delivery
}

/** A step that reads a whole table which may hold millions; the audience is the one thing that needs all clients. */
const isScan = (step: string) => /\bSCAN (messages|m|attempts|a|clients)\b/.test(step)

async function filledStore() {
  const store = await temporaryStore()
  await addClients(store, 10)
  await addStartedDelivery(store)
  await settleMessages(store, await addStartedDelivery(store), 'sending', 3)
  await addDelivery(store)
  return store
}

function expectNoScan(session: ExplainedSession, way: RegExp | null): void {
  const steps = session.steps()
  expect(steps).not.toEqual([])
  expect(steps.filter(isScan)).toEqual([])
  if (way !== null) expect(steps).toContainEqual(expect.stringMatching(way))
}

test.each(queries)('%s needs no scan', async (_name, way, query) => {
  const store = await filledStore()
  const session = await openSession(store.file)
  const sql = explained(session)
  await session.transaction(() => query(sql))
  expectNoScan(sql, way)
  await session.close()
})

test.each([
  ['cancelling a delivery', /USING (COVERING )?INDEX messages_queue/],
  ['removing a delivery', /SEARCH messages USING INTEGER PRIMARY KEY/],
] as const)('%s needs no scan', async (name, way) => {
  const store = await filledStore()
  await store.write(async (writing) => {
    const sql = explained(writing.sql)
    if (name === 'cancelling a delivery') await cancelDelivery({ ...writing, sql }, 1, now)
    else await removeDelivery({ ...writing, sql }, await deliveryRow(writing, 1))
    expectNoScan(sql, way)
  })
})

test('nothing that can be deleted leaves SQLite looking through whole tables for what refers to it', async () => {
  const { read } = await filledStore()
  const tables = await read.sql.all<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table'`)
  for (const { name: child } of tables) {
    const keys = await read.sql.all<{ from: string }>(`SELECT "from" FROM pragma_foreign_key_list(?)`, [child])
    for (const { from } of keys) {
      const steps = await read.sql.all<{ detail: string }>(
        `EXPLAIN QUERY PLAN SELECT 1 FROM "${child}" WHERE "${from}" = 1`,
      )
      expect(
        steps.map((step) => step.detail),
        `${child}.${from}`,
      ).toEqual([expect.stringMatching(/^SEARCH/)])
    }
  }
})
