import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { onKnownChoices } from '#shared/contract/import.ts'
import { clientDirectory, csvFile, csvOfClients } from '#tests/support/client-directory.ts'
import { directoryPicture } from '#tests/support/directory-picture.ts'
import { phoneNumber } from '#tests/support/factories.ts'
import { tickingClock } from '#tests/support/settable-clock.ts'

const known = ['phone,name,tags,city', `${phoneNumber(1)},Anna,vip;old,Omsk`, `${phoneNumber(2)},Boris,,`].join('\n')

/** Few phones and few values, so that rows collide with each other and with the directory. */
const cell = {
  phone: fc.constantFrom(...[1, 2, 3, 4].map(phoneNumber), '123', ''),
  name: fc.constantFrom('', 'Anna', 'Boris'),
  tags: fc.constantFrom('', 'vip', 'old', 'vip;new', 'old;vip'),
  city: fc.constantFrom('', 'Omsk', 'Tver'),
}
const line = fc.tuple(cell.phone, cell.name, cell.tags, cell.city).map((cells) => cells.join(','))

describe('a dry run', () => {
  it('returns the report of the real run, for any file', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...onKnownChoices),
        fc.array(line, { maxLength: 12 }),
        async (onKnown, lines) => {
          const { store, importCsv } = await clientDirectory()
          await importCsv(known)
          const before = await directoryPicture(store)
          const file = ['phone,name,tags,city', ...lines].join('\n')

          const dry = await importCsv(file, { onKnown, dryRun: true })

          expect(await directoryPicture(store)).toEqual(before)
          const real = await importCsv(file, { onKnown })
          expect(dry.report).toEqual({ ...real.report, dryRun: true })
        },
      ),
      { numRuns: 25, seed: 20261125 },
    )
  })

  it('knows phones of earlier lines, near and far, and writes nothing', async () => {
    const { store, importCsv, published } = await clientDirectory()
    const file = `${csvOfClients(9000)}\n${phoneNumber(0)},Another,all\n${phoneNumber(0)},Another,all\n${phoneNumber(1)},,all`
    const before = await directoryPicture(store)
    published.length = 0

    const { report } = await importCsv(file, { dryRun: true })

    expect(report).toMatchObject({ total: 9003, created: 9000, updated: 1, skipped: 2, repeated: 3, dryRun: true })
    expect(await directoryPicture(store)).toEqual(before)
    expect(published).toEqual([])
    expect(await importCsv(file)).toMatchObject({ report: { created: 9000, updated: 1, skipped: 2, repeated: 3 } })
  })

  it('can be stopped', async () => {
    const { client, store } = await clientDirectory(tickingClock(40))
    const kinds: string[] = []

    for await (const { kind } of await client.clients.import({ csv: csvFile(csvOfClients(30_000)), dryRun: true })) {
      if (kinds.length === 0) expect(await client.clients.cancelImport()).toEqual({ stopped: true })
      kinds.push(kind)
    }

    expect(kinds.at(-1)).toBe('cancelled')
    expect((await directoryPicture(store)).clients).toEqual([])
  })
})
