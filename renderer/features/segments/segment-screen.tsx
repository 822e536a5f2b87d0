import { Button, Stack, TextInput } from '@mantine/core'
import { IconSend, IconTrash } from '@tabler/icons-react'
import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import type { Segment } from '#shared/contract/segments.ts'
import { everybody, type Filter } from '#shared/domain/filter.ts'
import { client } from '../../api/client.ts'
import { describeError, fieldErrorsOf } from '../../api/errors.ts'
import { orpc } from '../../api/queries.ts'
import { AudienceNote } from '../../components/audience/audience-note.tsx'
import { ClientCheck } from '../../components/audience/client-check.tsx'
import { FilterSentence } from '../../components/audience/filter-sentence.tsx'
import { useAudience } from '../../components/audience/use-audience.ts'
import { LeaveGuard } from '../../components/leave-guard.tsx'
import { showDone, showProblem } from '../../components/notice.ts'
import { Page } from '../../components/page.tsx'
import { Section } from '../../components/section.tsx'
import { QueryState } from '../../components/states.tsx'
import { useRemoveSegment } from './use-remove-segment.ts'

/** Writes a new segment, a copy of another one, or changes one. */
export function SegmentScreen() {
  const { t } = useTranslation('segments')
  const { id } = useParams()
  const [params] = useSearchParams()
  const sourceId = id ?? params.get('from')
  const query = useQuery(
    orpc.segments.get.queryOptions({ input: sourceId === null ? skipToken : { id: Number(sourceId) } }),
  )
  const back = { to: '/segments', label: t('title') }
  if (sourceId !== null && query.data === undefined) {
    return (
      <Page title={t('title')} layout="form" back={back}>
        {<QueryState query={query} lines={8} />}
      </Page>
    )
  }
  const source = query.data ?? null
  if (id !== undefined && source !== null)
    return <Editor key={id} segment={source} name={source.name} filter={source.filter} />
  return (
    <Editor
      key={`new ${sourceId}`}
      segment={null}
      name={source === null ? '' : t('copyName', { name: source.name })}
      filter={source?.filter ?? everybody}
    />
  )
}

interface EditorProps {
  /** Null for a new one. */
  readonly segment: Segment | null
  readonly name: string
  readonly filter: Filter
}

function Editor({ segment, ...initial }: EditorProps) {
  const { t } = useTranslation('segments')
  const { t: shell } = useTranslation('shell')
  const navigate = useNavigate()
  const cache = useQueryClient()
  const mayLeave = useRef(false)
  const [stored, setStored] = useState({ name: initial.name, filter: initial.filter })
  const [name, setName] = useState(initial.name)
  const [filter, setFilter] = useState(initial.filter)
  const count = useAudience(filter)
  const isDirty = name !== stored.name || JSON.stringify(filter) !== JSON.stringify(stored.filter)
  const leave = () => {
    mayLeave.current = true
    void navigate('/segments')
  }
  const remove = useRemoveSegment(leave)
  const save = useMutation({
    mutationFn: () =>
      segment === null
        ? client.segments.create({ name, filter })
        : client.segments.update({ id: segment.id, name, filter }),
    onSuccess(saved) {
      showDone(t('saved', { name: saved.name }))
      setStored({ name: saved.name, filter: saved.filter })
      void cache.invalidateQueries({ queryKey: orpc.segments.key() })
      leave()
    },
    onError(error) {
      if (fieldErrorsOf(error, shell) === null) showProblem(describeError(error, shell))
    },
  })
  const errors = fieldErrorsOf(save.error, shell) ?? {}
  return (
    <Page
      title={segment === null ? t('newTitle') : stored.name}
      layout="form"
      back={{ to: '/segments', label: t('title') }}
      actions={
        segment === null ? null : (
          <>
            <Button
              variant="default"
              component={Link}
              to={`/deliveries/new?segment=${segment.id}`}
              leftSection={<IconSend size={16} />}
            >
              {t('write')}
            </Button>
            <Button variant="default" leftSection={<IconTrash size={16} />} onClick={() => remove(segment)}>
              {t('delete')}
            </Button>
          </>
        )
      }
    >
      {isDirty ? <LeaveGuard mayLeave={mayLeave} /> : null}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
        noValidate
      >
        <Stack gap="md">
          <TextInput
            label={t('fields.name')}
            placeholder={t('namePlaceholder')}
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={errors.name}
          />
          <Section title={t('who')}>
            <Stack gap="sm">
              <FilterSentence filter={filter} onChange={setFilter} errorOf={(field) => errors[field]} />
              <AudienceNote filter={filter} count={count} />
            </Stack>
          </Section>
          <Section title={t('inOrOut')}>
            <ClientCheck filter={filter} />
          </Section>
          <div>
            <Button type="submit" loading={save.isPending} disabled={segment !== null && !isDirty}>
              {shell('actions.save')}
            </Button>
          </div>
        </Stack>
      </form>
    </Page>
  )
}
