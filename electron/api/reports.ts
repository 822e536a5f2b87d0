import { machineTimeZone } from '#shared/domain/time-zone.ts'
import { writePdf } from '../exports/pdf-document.ts'
import { periodReport } from '../store/period-report.ts'
import { api, type Parts } from './parts.ts'

/** Reports over the border. */
export function reportsApi({ store }: Parts) {
  return {
    period: api.reports.period.handler(({ input: { timeZone = machineTimeZone(), ...period }, signal }) =>
      periodReport(store, { ...period, timeZone }, signal),
    ),
    pdf: api.reports.pdf.handler(async ({ input }) => ({ pdf: (await writePdf(input)).toString('base64') })),
  }
}
