import { describe, expect, it, vi } from 'vitest'
import { clientDirectory, csvFile, csvOfClients } from '#tests/support/client-directory.ts'
import { phoneNumber } from '#tests/support/factories.ts'
import { tickingClock } from '#tests/support/settable-clock.ts'

describe('an import under way', () => {
  it('reports progress at most five times a second, and changed clients at most twice', async () => {
    const clock = tickingClock(40)
    const startedAt = clock.now()
    const { importCsv, published } = await clientDirectory(clock)

    const { events } = await importCsv(csvOfClients(40_000))

    const seconds = (clock.now() - startedAt) / 1000
    expect(events.length - 2).toBeGreaterThan(0)
    expect(events.length - 2).toBeLessThanOrEqual(seconds * 5)
    expect(published.length).toBeGreaterThan(1)
    expect(published.length - 1).toBeLessThanOrEqual(seconds * 2)
    const progress = events.filter((event) => event.kind === 'progress')
    expect(progress.map((event) => event.bytesRead)).toEqual(
      progress.map((event) => event.bytesRead).toSorted((a, b) => a - b),
    )
  })

  it('leaves the program free for other things', async () => {
    const { importCsv, client } = await clientDirectory()
    let isOver = false
    let answered = 0

    const importing = importCsv(csvOfClients(20_000)).finally(() => {
      isOver = true
    })
    while (!isOver) {
      await client.clients.list({ limit: 10 })
      if (!isOver) answered += 1
    }
    await importing

    expect(answered).toBeGreaterThan(5)
  })

  it('leaves nothing behind when its stream is broken off', async () => {
    const { client, everybody, logged, published } = await clientDirectory()
    const stop = new AbortController()
    const events = await client.clients.import({ csv: csvFile(csvOfClients(50_000)) }, { signal: stop.signal })
    const ending = (async () => {
      for await (const event of events) expect(event.kind).toBe('progress')
    })()
    await vi.waitUntil(async () => (await everybody()).length > 0, { timeout: 20_000 })
    stop.abort()

    await expect(ending).rejects.toThrow('aborted')
    await expect(client.clients.page({})).resolves.toMatchObject({ count: 0 })
    expect(published).toContainEqual({ type: 'changed', entity: 'clients' })
    expect(logged).toEqual([])
  })

  it('returns only an id for an unexpected error, and logs the details', async () => {
    const { store, importCsv, everybody, logged } = await clientDirectory()
    await store.sql.exec(
      `CREATE TRIGGER broken BEFORE INSERT ON clients WHEN NEW.phone = '${phoneNumber(5000)}' BEGIN SELECT RAISE(ABORT, 'disk on fire'); END`,
    )

    const failure = await importCsv(csvOfClients(9000)).catch((error: unknown) => error)

    expect(failure).toMatchObject({
      code: 'INTERNAL',
      status: 500,
      defined: true,
      message: 'Something went wrong inside the program',
    })
    const { id } = (failure as { data: { id: string } }).data
    expect(logged).toEqual([expect.stringMatching(new RegExp(`^error=${id} clients\\.import: .*disk on fire`, 's'))])
    expect(await everybody()).toEqual([])
  })
})
