import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { openEngine } from '#electron/engine.ts'
import { openSession } from '#electron/store/sqlite/connection.ts'
import { storeFile } from '#electron/store/sqlite/store-host.ts'
import { removeFolder } from '../support/remove-folder.ts'
import { fillDirectory } from './fill-directory.ts'

/** A child process: the time of searches in a directory of n clients, and of the heaviest bulk changes. */
const total = Number(process.argv[2])
const dataDir = await mkdtemp(join(tmpdir(), 'herald-bench-'))
let engine = await openEngine({ dataDir, host: 'web' })
await engine.close()
const session = await openSession(storeFile(dataDir))
await fillDirectory(session, total)
await session.close()
engine = await openEngine({ dataDir, host: 'web' })
const { clients } = createRouterClient(engine.api)

type Query = Parameters<typeof clients.list>[0]
const queries: { readonly [what: string]: Query } = {
  everybody: {},
  'by name': { sortBy: 'name' },
  'part of a phone': { search: '1234' },
  'most of a phone': { search: '+7 916 001 23' },
  'part of a name': { search: 'семен' },
  'a rare name': { search: 'редкая' },
  'two words': { search: 'анна семен' },
  'in name order': { search: 'семен', sortBy: 'name' },
  'no match': { search: 'нетникого' },
  'a tag': { tags: ['vip'] },
  'a frequent tag, by name': { tags: ['client'], sortBy: 'name' },
  'a word of a tag': { search: 'vip' },
  'a code': { operatorCodes: ['916'] },
  'a code, by name': { operatorCodes: ['916'], sortBy: 'name' },
  'code, tag and zone': { operatorCodes: ['916'], tags: ['vip'], timeZones: ['Asia/Omsk'] },
  'codes, tag, not opted out, word': {
    operatorCodes: ['916', '925'],
    tags: ['client'],
    optedOut: false,
    search: 'анна',
  },
  'opted out': { optedOut: true, sortBy: 'phone' },
  'two letters': { search: 'ан' },
}

try {
  const medians: Record<string, number> = {}
  for (const [what, query] of Object.entries(queries)) {
    medians[what] = await medianOf(() => clients.list(query))
  }
  medians['a deep page'] = await medianOf(await deepPage({ search: 'семен' }))
  medians['a deep page by name'] = await medianOf(await deepPage({ sortBy: 'name' }))
  medians['what there is to choose from'] = await medianOf(() => clients.facets())
  const tagging = performance.now()
  let tagged = 0
  const change = { kind: 'addTags' as const, tags: ['winter'] }
  const selection = { kind: 'query' as const, query: { operatorCodes: ['916'] } }
  for await (const event of await clients.bulk({ selection, change }))
    if (event.kind === 'report') tagged = event.report.changed
  process.send?.({ medians, tagged, taggedPerSecond: (tagged * 1000) / (performance.now() - tagging) })
} finally {
  await engine.close()
  await removeFolder(dataDir)
  process.disconnect()
}

/** Returns the page after five thousand others. */
async function deepPage(query: Query) {
  let cursor: string | undefined
  for (let read = 0; read < 5000; read += 1000) {
    cursor = (await clients.list({ ...query, limit: 1000, cursor })).nextCursor ?? undefined
  }
  return () => clients.list({ ...query, cursor })
}

async function medianOf(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < 15; round += 1) {
    const begun = performance.now()
    await work()
    times.push(performance.now() - begun)
  }
  return times.toSorted((a, b) => a - b)[7] ?? Number.NaN
}
