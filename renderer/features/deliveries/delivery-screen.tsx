import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { Delivery } from '#shared/contract/deliveries.ts'
import { type MessageStatus, messageStatuses } from '#shared/domain/states.ts'
import { isNotFound } from '../../api/errors.ts'
import { orpc } from '../../api/queries.ts'
import { Page } from '../../components/page.tsx'
import { QueryState } from '../../components/states.tsx'
import { DeliveryStatusBadge } from '../../components/status.tsx'
import { useNow } from '../../components/time.tsx'
import { useUrlParams } from '../../components/use-url-params.ts'
import { ReachNote } from './composer/reach-note.tsx'
import { useReach } from './composer/use-reach.ts'
import classes from './delivery-screen.module.css'
import { MessageTable } from './messages/message-table.tsx'
import { MissingDelivery } from './missing-delivery.tsx'
import { AboutPanel } from './page/about-panel.tsx'
import { DeliveryButtons } from './page/delivery-buttons.tsx'
import { ErrorsPanel } from './page/errors-panel.tsx'
import { HistoryPanel } from './page/history-panel.tsx'
import { LiveCounters } from './page/live-counters.tsx'
import { Pace } from './page/pace.tsx'
import { StatusNotice } from './page/status-notice.tsx'
import { TimelinePanel, useReadyChart } from './page/timeline-panel.tsx'
import { UncertainNotice } from './page/uncertain-notice.tsx'

/** One delivery, updated live. */
export function DeliveryScreen() {
  const { t } = useTranslation('deliveries')
  const id = Number(useParams().id)
  useReadyChart()
  const query = useQuery(orpc.deliveries.get.queryOptions({ input: { id } }))
  const back = { to: '/deliveries', label: t('composer.backToList') }
  // A delivery deleted elsewhere is also gone here, even if it is cached.
  if (query.data === undefined || isNotFound(query.error)) {
    return (
      <Page title={t('title')} layout="wide" back={back}>
        <MissingDelivery id={id} query={query} />
      </Page>
    )
  }
  const delivery = query.data
  return (
    <Page
      title={delivery.name}
      layout="wide"
      back={back}
      aside={<DeliveryStatusBadge status={delivery.status} />}
      actions={<DeliveryButtons delivery={delivery} />}
    >
      <Stack gap="md">
        <StatusNotice delivery={delivery} />
        <UncertainNotice delivery={delivery} />
        {delivery.startedAt === null && delivery.status !== 'cancelled' ? <Reaching delivery={delivery} /> : null}
        {delivery.messages.total > 0 ? <LiveResults delivery={delivery} /> : null}
        <AboutPanel delivery={delivery} />
        <HistoryPanel key={delivery.id} deliveryId={delivery.id} />
      </Stack>
    </Page>
  )
}

/** How many clients the delivery's hours reach; a passed end is reported elsewhere. */
function Reaching({ delivery: { filter, window, startsAt, endsAt } }: { readonly delivery: Delivery }) {
  const isOver = Date.parse(endsAt) <= useNow()
  return <ReachNote answer={useReach(window === null || isOver ? null : { filter, window, startsAt, endsAt })} />
}

/** The results so far: as numbers, over time, and message by message. */
function LiveResults({ delivery }: { readonly delivery: Delivery }) {
  const [status, setStatus] = useStatusInAddress()
  const detail = useQuery(orpc.statistics.detail.queryOptions({ input: { id: delivery.id } }))
  return (
    <>
      <Pace delivery={delivery} />
      <LiveCounters messages={delivery.messages} chosen={status} onChoose={setStatus} />
      <div className={classes.panels}>
        {detail.data === undefined ? (
          <QueryState query={detail} lines={6} />
        ) : (
          <>
            <TimelinePanel
              deliveryId={delivery.id}
              isRunning={delivery.status === 'running'}
              timeline={detail.data.timeline}
            />
            <ErrorsPanel errors={detail.data.errors} />
          </>
        )}
      </div>
      <MessageTable deliveryId={delivery.id} status={status} onStatus={setStatus} />
    </>
  )
}

/** The chosen status, kept in the URL, so that the back button restores it. */
function useStatusInAddress(): [MessageStatus | null, (status: MessageStatus | null) => void] {
  const { params, put } = useUrlParams()
  const status = messageStatuses.find((each) => each === params.get('status')) ?? null
  return [status, useCallback((next) => put('status', next), [put])]
}
