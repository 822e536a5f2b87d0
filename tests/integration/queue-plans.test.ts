import { expect, test } from 'vitest'
import { cancelMessagesTo } from '#electron/store/clients/cancel-for-client.ts'
import { clearNext } from '#electron/store/deliveries/clear-deliveries.ts'
import type { MessageResult } from '#electron/store/ports/send-queue.ts'
import {
  completeFinished,
  expireOverdue,
  findDueDeliveries,
  findStates,
  nextMomentAt,
  startDelivery,
} from '#electron/store/send-queue/delivery-life.ts'
import {
  cancelStatements,
  claimStatements,
  deferToWindow,
  findAttempts,
  findDueMessages,
  findRunning,
  lastChangeAt,
  lastDueAt,
  nextDueAt,
  requeueAfterClockBack,
  requeueAfterWindowChange,
} from '#electron/store/send-queue/message-queue.ts'
import { resultStatements } from '#electron/store/send-queue/message-results.ts'
import { settleOrphans } from '#electron/store/send-queue/orphans.ts'
import { refundAttempts } from '#electron/store/send-queue/refund-attempts.ts'
import type { WriteSession } from '#electron/store/sqlite/connection.ts'
import { openSession } from '#electron/store/sqlite/connection.ts'
import { type ExplainedSession, explained } from '#tests/support/explained-session.ts'
import { addClients, addDelivery, addStartedDelivery, settleMessages, testNow } from '#tests/support/factories.ts'
import { openTestStore } from '#tests/support/test-store.ts'

const now = testNow
const exec = (sql: WriteSession, statements: readonly string[]) => sql.exec(statements.join(';\n'))

const refused: MessageResult = {
  id: 1,
  deliveryId: 1,
  clientId: 1,
  verdict: { status: 'queued', nextAttemptAt: now, heldUntil: null },
  attempt: { startedAt: now, durationMs: 1, httpStatus: 503, counted: true, errorCode: 'server_error', detail: '' },
}
const accepted: MessageResult = {
  ...refused,
  verdict: { status: 'sent' },
  attempt: { startedAt: now, durationMs: 1, httpStatus: 200, counted: true, errorCode: null, detail: '' },
}

/** The statements of sending, and the step by which each must find its messages; null where it needs none. */
const queries: readonly [string, RegExp | null, (sql: WriteSession) => Promise<unknown>][] = [
  ['which deliveries run', null, (sql) => findRunning(sql, now)],
  ['the state of deliveries', null, (sql) => findStates(sql, [1, 2])],
  [
    'what is due',
    /SEARCH m USING INDEX messages_queue \(deliveryId=\? AND nextAttemptAt<\?\)/,
    async (sql) => findDueMessages(sql, await runningOne(sql), now, 32),
  ],
  [
    'when something is due',
    /USING (COVERING )?INDEX messages_queue/,
    async (sql) => nextDueAt(sql, await runningOne(sql)),
  ],
  ['the latest attempt that is planned', /USING (COVERING )?INDEX messages_queue/, (sql) => lastDueAt(sql, 1)],
  ['claiming', /SEARCH messages USING INTEGER PRIMARY KEY/, (sql) => exec(sql, claimStatements(1, [1, 2], 7))],
  ['cancelling some', /SEARCH messages USING INTEGER PRIMARY KEY/, (sql) => exec(sql, cancelStatements(1, [3]))],
  [
    'deferring a time zone',
    /USING COVERING INDEX messages_queue/,
    (sql) => deferToWindow(sql, 1, 'Europe/Moscow', now, now + 1),
  ],
  [
    'requeueing after the clock was set back',
    /USING INDEX messages_queue/,
    (sql) => requeueAfterClockBack(sql, 1, now),
  ],
  ['how many attempts were made', /SEARCH messages USING INTEGER PRIMARY KEY/, (sql) => findAttempts(sql, [1, 2])],
  ['when something was last changed', null, (sql) => lastChangeAt(sql)],
  [
    'refunding attempts',
    /SEARCH a USING INDEX attempts_message/,
    (sql) => refundAttempts(sql, [{ messageId: 1, deliveryId: 1, startedAt: now }], now),
  ],
  [
    'requeueing after a change of the window',
    /USING INDEX messages_queue/,
    (sql) => requeueAfterWindowChange(sql, 1, now),
  ],
  [
    'recording what was sent',
    /SEARCH messages USING INTEGER PRIMARY KEY/,
    (sql) => exec(sql, resultStatements([accepted], now)),
  ],
  [
    'recording what was not',
    /SEARCH messages USING INTEGER PRIMARY KEY/,
    (sql) => exec(sql, resultStatements([refused], now)),
  ],
  ['which deliveries are due', null, (sql) => findDueDeliveries(sql, now)],
  ['starting', null, (sql) => startDelivery(sql, 3, now)],
  ['expiring', /USING (COVERING )?INDEX messages_queue/, (sql) => expireOverdue(sql, now + 1e9)],
  ['completing', null, (sql) => completeFinished(sql, now)],
  ['when a delivery starts or ends', null, (sql) => nextMomentAt(sql, now)],
  ['settling orphans', /SEARCH messages USING INTEGER PRIMARY KEY/, (sql) => settleOrphans(sql, 'resend', [8], now)],
  [
    'cancelling for a client',
    /USING INDEX messages_client/,
    (sql) => cancelMessagesTo({ sql, record: () => undefined }, [5], 'clientDeleted'),
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
  const store = await openTestStore()
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
  const session = await openSession(store.host.file)
  const sql = explained(session)
  await session.transaction(() => query(sql))
  expectNoScan(sql, way)
  await session.close()
})

test.each([
  ['cancelling a delivery', `UPDATE deliveries SET status = 'cancelled'`, /USING (COVERING )?INDEX messages_queue/],
  [
    'deleting a delivery',
    'INSERT INTO deleted_deliveries SELECT id, firstMessageId, lastMessageId FROM deliveries WHERE id = 1',
    /SEARCH messages USING INTEGER PRIMARY KEY/,
  ],
] as const)('%s needs no scan', async (_name, begin, way) => {
  const store = await filledStore()
  await store.sql.exec(begin)
  const sql = explained(store.sql)
  await store.sql.transaction(() => clearNext({ sql }, 100))
  expectNoScan(sql, way)
})

test('nothing that can be deleted leaves SQLite looking through whole tables for what refers to it', async () => {
  const { sql } = await filledStore()
  const tables = await sql.all<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table'`)
  for (const { name: child } of tables) {
    const keys = await sql.all<{ from: string }>(`SELECT "from" FROM pragma_foreign_key_list(?)`, [child])
    for (const { from } of keys) {
      const steps = await sql.all<{ detail: string }>(`EXPLAIN QUERY PLAN SELECT 1 FROM "${child}" WHERE "${from}" = 1`)
      expect(
        steps.map((step) => step.detail),
        `${child}.${from}`,
      ).toEqual([expect.stringMatching(/^SEARCH/)])
    }
  }
})
