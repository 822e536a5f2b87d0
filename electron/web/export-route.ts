import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createRouterClient } from '@orpc/server'
import type { ExportEvent, ExportFormat } from '#shared/contract/exports.ts'
import { reportInvalidInput } from '../api/validation-errors.ts'
import type { Engine } from '../engine.ts'
import { invalidInput } from './answers.ts'
import { refusalOf } from './uploaded-file.ts'

type Order = Parameters<ReturnType<typeof clientOf>['exports']['write']>[0]

/** One kind of file: its address, what of the query says which lines are meant, and what the browser calls it. */
interface ExportAddress {
  readonly pattern: RegExp
  readonly parameters: readonly string[]
  readonly subject: (id: number, query: URLSearchParams) => Order['subject']
  readonly fileName: (id: number) => string
}

const addresses: readonly ExportAddress[] = [
  {
    pattern: /^\/clients\/export\.(csv|xlsx)$/,
    parameters: ['search', 'operatorCode', 'tag', 'timeZone', 'excludeTag', 'optedOut', 'ids', 'sortBy', 'descending'],
    subject: (_id, query) => clientsIn(query),
    fileName: () => 'clients',
  },
  {
    pattern: /^\/deliveries\/export\.(csv|xlsx)$/,
    parameters: [],
    subject: () => ({ kind: 'deliveries' }),
    fileName: () => 'deliveries',
  },
  {
    pattern: /^\/statistics\/period\.(csv|xlsx)$/,
    parameters: ['by', 'since', 'until'],
    subject: (_id, query) => ({ kind: 'period', ...single(query, 'by'), period: periodIn(query) }) as Order['subject'],
    fileName: () => 'period',
  },
  {
    pattern: /^\/deliveries\/(\d+)\/messages\.(csv|xlsx)$/,
    parameters: ['status'],
    subject: (deliveryId, query) => ({ kind: 'messages', deliveryId, ...single(query, 'status') }) as Order['subject'],
    fileName: (id) => `delivery-${id}-messages`,
  },
  {
    pattern: /^\/deliveries\/(\d+)\/results\.(csv|xlsx)$/,
    parameters: [],
    subject: (deliveryId) => ({ kind: 'results', deliveryId }),
    fileName: (id) => `delivery-${id}-results`,
  },
  {
    pattern: /^\/deliveries\/(\d+)\/timeline\.(csv|xlsx)$/,
    parameters: [],
    subject: (deliveryId) => ({ kind: 'timeline', deliveryId }),
    fileName: (id) => `delivery-${id}-timeline`,
  },
]

const formParameters = ['separator', 'zone']

const contentTypes: { readonly [format in ExportFormat]: string } = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** Answers with a file that is written as it is read, or false when the path names none. `left` ends it midway. */
export async function serveExport(
  api: Engine['api'],
  response: ServerResponse,
  url: URL,
  left: AbortSignal,
): Promise<boolean> {
  for (const address of addresses) {
    const match = address.pattern.exec(url.pathname)
    if (match === null) continue
    const format = match.at(-1) as ExportFormat
    const id = Number(match[1])
    refuseUnknown(url.searchParams, [...address.parameters, ...formParameters])
    const { events, first } = await begin(api, orderOf(address.subject(id, url.searchParams), format, url), left)
    response.writeHead(200, {
      'content-type': contentTypes[format],
      'content-disposition': `attachment; filename="${address.fileName(id)}.${format}"`,
    })
    await pipeline(Readable.from(bytesOf(first, events), { highWaterMark: 1 }), response)
    return true
  }
  return false
}

function clientOf(api: Engine['api']) {
  return createRouterClient(api, { interceptors: [reportInvalidInput] })
}

/** What is wrong with the order shows with its first event, while the answer can still say so. */
async function begin(api: Engine['api'], order: Order, left: AbortSignal) {
  try {
    const events = await clientOf(api).exports.write(order, { signal: left })
    return { events, first: await events.next() }
  } catch (error) {
    throw refusalOf(error)
  }
}

async function* bytesOf(
  first: IteratorResult<ExportEvent, unknown>,
  events: AsyncIterable<ExportEvent>,
): AsyncGenerator<Buffer, void> {
  if (first.done !== true && first.value.kind === 'piece') yield Buffer.from(first.value.bytes, 'base64')
  for await (const event of events) if (event.kind === 'piece') yield Buffer.from(event.bytes, 'base64')
}

function orderOf(subject: Order['subject'], format: ExportFormat, { searchParams }: URL): Order {
  const zone = searchParams.get('zone')
  // What is no separator is for the contract to refuse.
  return {
    subject,
    format,
    ...single(searchParams, 'separator'),
    ...(zone === null ? {} : { timeZone: zone }),
  } as Order
}

function clientsIn(query: URLSearchParams): Order['subject'] {
  const order = {
    ...single(query, 'sortBy'),
    ...(query.has('descending') ? { descending: isYes(query, 'descending') } : {}),
  }
  const ids = query.get('ids')
  const selection =
    ids === null
      ? {
          kind: 'query' as const,
          query: {
            ...single(query, 'search'),
            ...single(query, 'optedOut'),
            operatorCodes: query.getAll('operatorCode'),
            tags: query.getAll('tag'),
            timeZones: query.getAll('timeZone'),
            excludeTags: query.getAll('excludeTag'),
          },
        }
      : { kind: 'ids' as const, ids: ids.split(',') }
  return { kind: 'clients', selection, ...order } as Order['subject']
}

/** The days are those of the zone whose clocks the file shows. */
function periodIn(query: URLSearchParams): Record<string, string> {
  const zone = query.get('zone')
  return { ...single(query, 'since'), ...single(query, 'until'), ...(zone === null ? {} : { timeZone: zone }) }
}

function isYes(query: URLSearchParams, name: string): boolean {
  const word = query.get(name)
  if (word === 'true' || word === 'false') return word === 'true'
  throw invalidInput([{ path: name, message: 'must be true or false' }])
}

function single(query: URLSearchParams, name: string): Record<string, string> {
  const value = query.get(name)
  return value === null || value === '' ? {} : { [name]: value }
}

/** A misspelt filter would otherwise export everybody. */
function refuseUnknown(query: URLSearchParams, known: readonly string[]): void {
  const unknown = [...new Set(query.keys())].filter((name) => !known.includes(name))
  if (unknown.length > 0)
    throw invalidInput(unknown.map((path) => ({ path, message: `is not known here: use ${known.join(', ')}` })))
}
