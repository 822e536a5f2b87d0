import { describe, expect, it, vi } from 'vitest'
import type { ImportEvent } from '#shared/contract/import.ts'
import { clientDirectory, csvFile, csvOfClients } from '#tests/support/client-directory.ts'
import { directoryPicture } from '#tests/support/directory-picture.ts'
import { addClient, addStartedDelivery, phoneNumber } from '#tests/support/factories.ts'
import { expectBooksToBalance } from '#tests/support/ledger.ts'
import { settableClock } from '#tests/support/settable-clock.ts'

const lines = 40_000

/** A directory that knows every seventh of the first ten thousand phones, by another name and with other tags. */
async function knownDirectory() {
  const clock = settableClock()
  const parts = await clientDirectory(clock)
  const known = Array.from({ length: 1400 }, (_, n) => `${phoneNumber(n * 7)},Old ${n},old;${n % 7},Asia/Omsk,${n}`)
  await parts.importCsv(['phone,name,tags,timezone,age', ...known].join('\n'))
  clock.advance(60_000)
  return { ...parts, clock, before: await directoryPicture(parts.store) }
}

const patience = { timeout: 20_000 }

type Directory = Awaited<ReturnType<typeof knownDirectory>>

/** Starts an import, waits until some of it is in the directory, and returns the events from then on. */
async function importUntilTaken({ client, store }: Directory, options: { onKnown?: 'replaceTags' } = {}) {
  const said: ImportEvent[] = []
  const events = await client.clients.import({ csv: csvFile(csvOfClients(lines)), ...options })
  const ended = (async () => {
    for await (const event of events) said.push(event)
    return said
  })()
  // A busy machine takes its time.
  await vi.waitUntil(async () => (await store.sql.first('SELECT 1 FROM import_created')) !== undefined, patience)
  return { ended }
}

describe('an import that is stopped', () => {
  it.each([{}, { onKnown: 'replaceTags' } as const])('leaves the clients as they were (%j)', async (options) => {
    const directory = await knownDirectory()
    const { ended } = await importUntilTaken(directory, options)

    await directory.client.clients.cancelImport()

    const said = await ended
    expect(said.map((event) => event.kind)).toContain('undoing')
    expect(said.at(-1)).toMatchObject({ kind: 'cancelled' })
    expect(await directoryPicture(directory.store)).toEqual(directory.before)
  })

  it('keeps clients that were changed meanwhile', async () => {
    const directory = await knownDirectory()
    const { ended } = await importUntilTaken(directory)
    directory.clock.advance(1000)
    await directory.client.clients.update({ id: 1, name: 'Changed by hand' })

    await directory.client.clients.cancelImport()
    await ended

    const [first, ...others] = (await directoryPicture(directory.store)).clients
    expect(first).toMatchObject({ name: 'Changed by hand' })
    expect(others).toEqual(directory.before.clients.slice(1))
  })

  it('cancels queued messages to the clients it created', async () => {
    const directory = await knownDirectory()
    const { ended } = await importUntilTaken(directory)
    const deliveryId = await addStartedDelivery(directory.store)
    directory.published.length = 0

    await directory.client.clients.cancelImport()
    await ended

    const counted = await directory.store.sql.first<{ queued: number; cancelled: number }>(
      'SELECT queued, cancelled FROM delivery_counters WHERE deliveryId = ?',
      [deliveryId],
    )
    expect(counted?.queued).toBe(1400)
    expect(counted?.cancelled).toBeGreaterThan(0)
    expect(directory.published).toContainEqual({ type: 'changed', entity: 'deliveries' })
    await expectBooksToBalance(directory.store.host.file)
  })

  it('is reported when none runs, and the next import is not stopped by that', async () => {
    const { client, importCsv } = await clientDirectory()

    expect(await client.clients.cancelImport()).toEqual({ stopped: false })

    expect((await importCsv(csvOfClients(10))).report).toMatchObject({ created: 10 })
  })
})

describe('an import', () => {
  it('excludes a second import', async () => {
    const directory = await knownDirectory()
    const { ended } = await importUntilTaken(directory)

    await expect(directory.importCsv(csvOfClients(1))).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'another import is running: wait for it to finish, or stop it',
    })

    await directory.client.clients.cancelImport()
    await ended
    expect((await directory.importCsv(csvOfClients(1))).report).toMatchObject({ total: 1 })
  })

  it('leaves no undo records once it is complete, and is recorded in the journal', async () => {
    const { store, importCsv } = await clientDirectory()
    await addClient(store, { phone: phoneNumber(3) })

    await importCsv(csvOfClients(10))

    expect((await directoryPicture(store)).unfinished).toEqual([{ rows: 0 }])
    const noted = await store.sql.all("SELECT facts FROM activity WHERE facts ->> 'status' = 'imported'")
    expect(noted).toEqual([{ facts: JSON.stringify({ clients: 10, status: 'imported', by: 'operator' }) }])
  })

  it('that the disk interrupted is undone before the next one', async () => {
    const { store, importCsv, before } = await knownDirectory()
    // Neither the line nor the way back can be written.
    await store.sql.exec(`CREATE TRIGGER broken BEFORE INSERT ON clients WHEN NEW.phone = '${phoneNumber(9001)}' BEGIN SELECT RAISE(ABORT, 'disk on fire'); END;
        CREATE TRIGGER stuck BEFORE DELETE ON clients BEGIN SELECT RAISE(ABORT, 'disk on fire'); END`)
    await expect(importCsv(csvOfClients(10_000))).rejects.toMatchObject({ code: 'INTERNAL' })
    expect((await directoryPicture(store)).clients.length).toBeGreaterThan(1400)
    await store.sql.exec('DROP TRIGGER broken; DROP TRIGGER stuck')

    await expect(importCsv('')).rejects.toMatchObject({ code: 'VALIDATION' })

    expect(await directoryPicture(store)).toEqual(before)
  })
})
