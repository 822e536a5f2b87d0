import { Button } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import type { Delivery } from '#shared/contract/deliveries.ts'
import { editable } from '#shared/domain/states.ts'
import { orpc } from '../../api/queries.ts'
import { Page } from '../../components/page.tsx'
import { EmptyState, SkeletonLines } from '../../components/states.tsx'
import { ComposerForm } from './composer/composer-form.tsx'
import { composerValuesOf, copyOf, emptyComposer } from './composer/composer-values.ts'
import { MissingDelivery } from './missing-delivery.tsx'

/** Writes a new delivery, a copy of another one, or changes one. */
export function ComposerScreen() {
  const { id } = useParams()
  const [params] = useSearchParams()
  const model = params.get('from')
  if (id !== undefined) return <EditedDelivery key={id} id={Number(id)} />
  const segment = params.get('segment')
  if (segment !== null) return <DeliveryToSegment key={segment} id={Number(segment)} />
  return model === null ? <NewDelivery /> : <CopiedDelivery key={model} id={Number(model)} />
}

function NewDelivery() {
  const { t } = useTranslation('deliveries')
  const open = useOpenDelivery()
  return (
    <Page title={t('composer.titleNew')} layout="wide" back={{ to: '/deliveries', label: t('composer.backToList') }}>
      <ComposerForm place="new" initial={emptyComposer} delivery={null} onSaved={open} />
    </Page>
  )
}

/** A delivery to a segment; an empty composer if the segment does not exist. */
function DeliveryToSegment({ id }: { readonly id: number }) {
  const { t } = useTranslation('deliveries')
  const open = useOpenDelivery()
  const query = useQuery(orpc.segments.get.queryOptions({ input: { id } }))
  return (
    <Page title={t('composer.titleNew')} layout="wide" back={{ to: '/deliveries', label: t('composer.backToList') }}>
      {query.isPending ? (
        <SkeletonLines count={10} />
      ) : (
        <ComposerForm
          place={`segment ${id}`}
          initial={query.data === undefined ? emptyComposer : { ...emptyComposer, filter: query.data.filter }}
          delivery={null}
          onSaved={open}
        />
      )}
    </Page>
  )
}

function CopiedDelivery({ id }: { readonly id: number }) {
  const { t } = useTranslation('deliveries')
  const query = useQuery(orpc.deliveries.get.queryOptions({ input: { id } }))
  return (
    <Page title={t('composer.titleNew')} layout="wide" back={{ to: '/deliveries', label: t('composer.backToList') }}>
      {query.data !== undefined ? <CopyForm model={query.data} /> : <MissingDelivery id={id} query={query} />}
    </Page>
  )
}

function CopyForm({ model }: { readonly model: Delivery }) {
  const { t } = useTranslation('deliveries')
  const open = useOpenDelivery()
  const [initial] = useState(() =>
    copyOf(model, t('composer.copyName', { name: model.name }).slice(0, 200), new Date()),
  )
  return <ComposerForm place={`copy ${model.id}`} initial={initial} delivery={null} onSaved={open} />
}

function EditedDelivery({ id }: { readonly id: number }) {
  const { t } = useTranslation('deliveries')
  const query = useQuery(orpc.deliveries.get.queryOptions({ input: { id } }))
  const back = { to: `/deliveries/${id}`, label: t('composer.backToDelivery') }
  if (query.data === undefined) {
    return (
      <Page title={t('title')} layout="wide" back={{ to: '/deliveries', label: t('composer.backToList') }}>
        <MissingDelivery id={id} query={query} />
      </Page>
    )
  }
  const delivery = query.data
  return (
    <Page title={t('composer.titleEdit', { name: delivery.name })} layout="wide" back={back}>
      {editable(delivery.status, delivery.startedAt !== null) === 'nothing' ? (
        <EmptyState
          icon={IconLock}
          title={t('composer.over.title')}
          action={
            <Button component={Link} to={back.to}>
              {t('composer.over.toDelivery')}
            </Button>
          }
        >
          {t('composer.over.text')}
        </EmptyState>
      ) : (
        <EditedForm delivery={delivery} />
      )}
    </Page>
  )
}

/** Keeps the user's input, even if the delivery changes meanwhile. */
function EditedForm({ delivery }: { readonly delivery: Delivery }) {
  const open = useOpenDelivery()
  const [initial] = useState(() => composerValuesOf(delivery, new Date()))
  return <ComposerForm place={`delivery ${delivery.id}`} initial={initial} delivery={delivery} onSaved={open} />
}

function useOpenDelivery(): (delivery: Delivery) => void {
  const navigate = useNavigate()
  return ({ id }) => void navigate(`/deliveries/${id}`)
}
