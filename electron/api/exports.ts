import type { ExportFormat, ExportOrder, ExportSubject } from '#shared/contract/exports.ts'
import { assertNever } from '#shared/domain/assert-never.ts'
import { createExports } from '../exports/write-export.ts'
import { streamOf } from './output-stream.ts'
import { api, type Parts } from './parts.ts'

const contentTypes: { readonly [format in ExportFormat]: string } = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** Handlers for exported files. */
export function exportsApi({ store, clock, untilLocked }: Parts) {
  const exports = createExports(store, clock)

  /** Invalid requests throw before the response starts; the rest of the file is read as fast as it is downloaded. */
  async function download({ input }: { readonly input: ExportOrder }) {
    const { pages } = await exports.open(input)
    return {
      headers: {
        'content-type': contentTypes[input.format],
        'content-disposition': `attachment; filename="${fileNameOf(input.subject)}.${input.format}"`,
      },
      body: streamOf(bytesOf(pages)),
    }
  }

  return {
    write: api.exports.write.handler(({ input, signal }) => exports.write(input, untilLocked(signal))),
    taken: api.exports.taken.handler(({ input }) => exports.taken(input.exportId)),
    clientsCsv: api.exports.clientsCsv.handler(download),
    clientsXlsx: api.exports.clientsXlsx.handler(download),
    deliveriesCsv: api.exports.deliveriesCsv.handler(download),
    deliveriesXlsx: api.exports.deliveriesXlsx.handler(download),
    periodCsv: api.exports.periodCsv.handler(download),
    periodXlsx: api.exports.periodXlsx.handler(download),
    messagesCsv: api.exports.messagesCsv.handler(download),
    messagesXlsx: api.exports.messagesXlsx.handler(download),
    resultsCsv: api.exports.resultsCsv.handler(download),
    resultsXlsx: api.exports.resultsXlsx.handler(download),
    timelineCsv: api.exports.timelineCsv.handler(download),
    timelineXlsx: api.exports.timelineXlsx.handler(download),
  }
}

async function* bytesOf(pages: AsyncGenerator<{ readonly bytes: Buffer }, void>): AsyncGenerator<Uint8Array, void> {
  for await (const { bytes } of pages) yield bytes
}

/** The name that the browser saves a download under, without its ending. */
function fileNameOf(subject: ExportSubject): string {
  switch (subject.kind) {
    case 'clients':
    case 'deliveries':
    case 'period':
      return subject.kind
    case 'messages':
    case 'results':
    case 'timeline':
      return `delivery-${subject.deliveryId}-${subject.kind}`
    default:
      return assertNever(subject)
  }
}
