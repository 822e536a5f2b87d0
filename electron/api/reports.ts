import { writePdf } from '../exports/pdf-document.ts'
import { api, type Parts } from './parts.ts'

/** Handlers for reports. */
export function reportsApi({ store }: Parts) {
  return {
    period: api.reports.period.handler(({ input, signal }) => store.read.statistics.ofPeriod(input, signal)),
    pdf: api.reports.pdf.handler(async ({ input }) => ({ pdf: (await writePdf(input)).toString('base64') })),
  }
}
