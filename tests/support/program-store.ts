import { existsSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { openSession } from '#electron/store/sqlite/connection.ts'
import { storeFile } from '#electron/store/sqlite/store-host.ts'
import { temporaryFolder } from './engine.ts'
import { phoneNumber } from './factories.ts'
import { expectBooksToBalance } from './ledger.ts'
import type { WebProgram } from './web-program.ts'

/** Posts clients as a script would. */
export async function importCsv(program: WebProgram, clients: number): Promise<unknown> {
  const lines = Array.from({ length: clients }, (_, n) => `${phoneNumber(n)},Client ${n},vip;new`)
  const { origin, searchParams } = new URL(program.link)
  const response = await fetch(new URL('/clients/import', origin), {
    method: 'POST',
    headers: { authorization: `Bearer ${searchParams.get('token')}`, 'content-type': 'text/csv' },
    body: `phone,name,tags\n${lines.join('\n')}\n`,
  })
  return response.json()
}

/** The messages of a store. */
export interface LeftBehind {
  readonly messages: number
  readonly sending: number
  readonly sent: number
}

/** Counts the messages that a dead process left, and checks the counters. Reads a copy, so that the program recovers. */
export async function lookAtWhatIsLeft(dataDir: string): Promise<LeftBehind> {
  const folder = await temporaryFolder()
  // A kill during the opening of the store may leave no write-ahead log.
  for (const name of ['herald.db', 'herald.db-wal'].filter((each) => existsSync(join(dataDir, each))))
    await copyFile(join(dataDir, name), join(folder, name))
  const file = storeFile(folder)
  await expectBooksToBalance(file)
  const session = await openSession(file)
  try {
    const columns = `count(*) AS messages, count(*) FILTER (WHERE status = 'sending') AS sending, count(*) FILTER (WHERE status = 'sent') AS sent`
    return (await session.first<LeftBehind>(`SELECT ${columns} FROM messages`)) ?? expect.unreachable()
  } finally {
    await session.close()
  }
}
