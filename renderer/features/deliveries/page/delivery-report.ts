import i18next, { type TFunction } from 'i18next'
import type { ReportDocument } from '#shared/contract/reports.ts'
import type { DetailStatistics } from '#shared/contract/statistics.ts'
import { messageStatuses } from '#shared/domain/states.ts'
import { client } from '../../../api/client.ts'
import { describeError } from '../../../api/errors.ts'
import { describeFilter } from '../../../components/audience/filter-text.ts'
import { type Format, formatFor } from '../../../components/format.ts'
import { showDone, showProblem } from '../../../components/notice.ts'
import { decodeBase64, safeFileName, saveBlob } from '../../../components/save-file.ts'
import { spreadEvenly } from './timeline.ts'

type Words = TFunction<readonly ['deliveries', 'messages', 'shell']>

/** Saves the delivery's present results as a PDF. */
export async function saveDeliveryReport(deliveryId: number): Promise<void> {
  try {
    const detail = await client.statistics.detail({ id: deliveryId })
    const words = i18next.getFixedT(i18next.language, ['deliveries', 'messages', 'shell'] as const)
    const { pdf } = await client.reports.pdf(reportOf(detail, words, formatFor(i18next.language), Date.now()))
    const file = `${safeFileName(detail.delivery.name)}.pdf`
    saveBlob(file, new Blob([decodeBase64(pdf)], { type: 'application/pdf' }))
    showDone(i18next.t('deliveries:report.saved', { file }))
  } catch (error) {
    showProblem(describeError(error, i18next.t))
  }
}

function reportOf(detail: DetailStatistics, t: Words, format: Format, now: number): ReportDocument {
  const { delivery, errors } = detail
  return {
    title: delivery.name,
    subtitle: t('deliveries:report.subtitle', {
      id: delivery.id,
      status: t(`shell:status.delivery.${delivery.status}`),
      moment: format.moment(new Date(now)),
    }),
    footer: t('deliveries:report.footer', { name: delivery.name }),
    sections: [
      resultsIn(detail, t, format),
      courseOf(detail, t, format, now),
      {
        kind: 'bars',
        title: t('deliveries:errors.title'),
        none: t('deliveries:errors.none'),
        bars: errors.map(({ code, count }) => ({
          name: t(`messages:error.${code}`),
          values: [format.number(count)],
          share: count / Math.max(1, ...errors.map((error) => error.count)),
          filling: 'hatched' as const,
        })),
      },
      { kind: 'text', title: t('deliveries:report.text'), text: delivery.text },
      { kind: 'facts', title: t('deliveries:page.about'), facts: factsOf(detail, t, format) },
    ],
  }
}

function resultsIn({ messages }: DetailStatistics, t: Words, format: Format): ReportDocument['sections'][number] {
  const largest = Math.max(1, ...Object.values(messages.byStatus))
  return {
    kind: 'bars',
    title: t('deliveries:report.results', { total: messages.total }),
    none: t('messages:empty.title'),
    bars: messageStatuses.map((status) => {
      const count = messages.byStatus[status]
      return {
        name: t(`shell:status.message.${status}`),
        values: [format.number(count), messages.total === 0 ? '—' : format.percent(count / messages.total)],
        share: count / largest,
        filling: status === 'sent' ? 'full' : status === 'queued' || status === 'sending' ? 'empty' : 'hatched',
      }
    }),
  }
}

function courseOf(
  { timeline, delivery }: DetailStatistics,
  t: Words,
  format: Format,
  now: number,
): ReportDocument['sections'][number] {
  const { moments, stepMs } = spreadEvenly(timeline, delivery.status === 'running' ? now : null)
  const at = (moment: (typeof moments)[number] | undefined) =>
    moment === undefined ? '' : format.exactMoment(new Date(moment.at))
  const peak = Math.max(0, ...moments.map(({ sent, failed }) => sent + failed))
  return {
    kind: 'columns',
    title: t('deliveries:chart.title'),
    parts: [
      { name: t('deliveries:chart.sent'), filling: 'full' },
      { name: t('deliveries:chart.failed'), filling: 'hatched' },
    ],
    columns: moments.map(({ sent, failed }) => [sent, failed]),
    first: at(moments[0]),
    last: at(moments.at(-1)),
    highest: t('deliveries:report.highest', { count: peak, duration: format.duration(stepMs) }),
    none: t('deliveries:chart.empty'),
  }
}

function factsOf({ delivery }: DetailStatistics, t: Words, format: Format) {
  const { startsAt, startedAt, endsAt, finishedAt, window, ratePerSecond, filter } = delivery
  return [
    {
      name: t('deliveries:page.audience'),
      value: describeFilter(filter, i18next.getFixedT(i18next.language, 'deliveries')),
    },
    {
      name: t(startedAt === null ? 'deliveries:page.startsAt' : 'deliveries:page.startedAt'),
      value: format.moment(startedAt ?? startsAt),
    },
    ...(finishedAt === null ? [] : [{ name: t('deliveries:page.finishedAt'), value: format.moment(finishedAt) }]),
    { name: t('deliveries:report.end'), value: format.moment(endsAt) },
    {
      name: t('deliveries:page.window'),
      value: window === null ? t('deliveries:page.windowNone') : t('deliveries:page.windowBetween', window),
    },
    {
      name: t('deliveries:page.rate'),
      value:
        ratePerSecond === null
          ? t('deliveries:page.rateNone')
          : t('deliveries:page.rateLimit', { count: ratePerSecond }),
    },
  ]
}
