import type { WebProgram } from './web-program.ts'

/** The phone of the n-th client: `79000000000`, `79000000001`, … */
export function phoneOf(n: number): string {
  return `79${String(n).padStart(9, '0')}`
}

/** Everybody else of a large directory: 100,000 people whom a story is not about, with tag, code and zone of their own. */
export async function addCrowd(herald: WebProgram): Promise<void> {
  const lines = Array.from(
    { length: 100_000 },
    (_, n) => `78${String(n).padStart(9, '0')},Person ${n},crowd,Europe/Samara`,
  )
  await importLines(herald, lines)
}

/** The filter of those whom `addClients` brings. */
export const theirFilter = { tags: ['all'] }

/** Brings clients into the directory as a script does, for stories that begin after it, until there are this many: `Client 0`, `Client 1`, … */
export async function addClients(herald: WebProgram, count: number): Promise<void> {
  const lines = Array.from({ length: count }, (_, n) => `${phoneOf(n)},Client ${n},all,Europe/Moscow`)
  await importLines(herald, lines)
}

async function importLines({ client }: WebProgram, lines: readonly string[]): Promise<void> {
  const csv = new File([`phone,name,tags,timezone\n${lines.join('\n')}\n`], 'clients.csv')
  for await (const event of await client.clients.import({ csv }))
    if (event.kind === 'report' && event.report.refused > 0) throw new Error(JSON.stringify(event.report))
}
