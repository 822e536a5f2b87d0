import type { WebProgram } from './web-program.ts'

/** The phone of the n-th client: `79000000000`, `79000000001`, … */
export function phoneOf(n: number): string {
  return `79${String(n).padStart(9, '0')}`
}

/** The other clients of a large directory: 100,000 clients with their own tag, code and zone. */
export async function addCrowd(herald: WebProgram): Promise<void> {
  const lines = Array.from(
    { length: 100_000 },
    (_, n) => `78${String(n).padStart(9, '0')},Person ${n},crowd,Europe/Samara`,
  )
  await importLines(herald, lines)
}

/** The filter of the clients that `addClients` creates. */
export const theirFilter = { tags: ['all'] }

/** Creates clients as a script does, until there are this many: `Client 0`, `Client 1`, … */
export async function addClients(herald: WebProgram, count: number): Promise<void> {
  const lines = Array.from({ length: count }, (_, n) => `${phoneOf(n)},Client ${n},all,Europe/Moscow`)
  await importLines(herald, lines)
}

async function importLines({ client }: WebProgram, lines: readonly string[]): Promise<void> {
  const csv = new File([`phone,name,tags,timezone\n${lines.join('\n')}\n`], 'clients.csv')
  for await (const event of await client.clients.import({ csv }))
    if (event.kind === 'report' && event.report.refused > 0) throw new Error(JSON.stringify(event.report))
}
