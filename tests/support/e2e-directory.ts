import type { WebProgram } from './web-program.ts'

/** The phone of the n-th client: `79000000000`, `79000000001`, … */
export function phoneOf(n: number): string {
  return `79${String(n).padStart(9, '0')}`
}

/** Brings clients into the directory as a script does, for stories that begin after it, until there are this many: `Client 0`, `Client 1`, … */
export async function addClients({ client }: WebProgram, count: number): Promise<void> {
  const lines = Array.from({ length: count }, (_, n) => `${phoneOf(n)},Client ${n},all,Europe/Moscow`)
  const csv = new File([`phone,name,tags,timezone\n${lines.join('\n')}\n`], 'clients.csv')
  for await (const event of await client.clients.import({ csv }))
    if (event.kind === 'report' && event.report.refused > 0) throw new Error(JSON.stringify(event.report))
}
