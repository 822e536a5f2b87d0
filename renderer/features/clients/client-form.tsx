import { Autocomplete, Button, Group, Select, Stack, Switch, TagsInput, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type RefObject, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Location } from 'react-router'
import type { Client } from '#shared/contract/clients.ts'
import { normalizePhone, operatorCodeOf } from '#shared/domain/phone.ts'
import { client as engine } from '../../api/client.ts'
import { describeError, fieldErrorsOf } from '../../api/errors.ts'
import { orpc } from '../../api/queries.ts'
import { useFormat } from '../../components/format.ts'
import { LeaveGuard } from '../../components/leave-guard.tsx'
import { ProblemAlert } from '../../components/states.tsx'
import { AttributeFields } from './attribute-fields.tsx'
import { type ClientValues, clientFieldErrors, clientOf } from './client-values.ts'
import { useClientForm } from './use-client-form.ts'

interface ClientFormProps {
  /** Null adds a client. */
  readonly client: Client | null
  onSaved(saved: Client): void
  /** Set to true when there is no unsaved input left. */
  readonly mayLeave: RefObject<boolean>
  readonly onDelete: (() => void) | undefined
  readonly deleting: boolean
}

/** All fields of a client. */
export function ClientForm({ client, onSaved, mayLeave, onDelete, deleting }: ClientFormProps) {
  const { t } = useTranslation(['clients', 'shell'])
  const { t: shell } = useTranslation('shell')
  const format = useFormat()
  const facets = useQuery(orpc.clients.facets.queryOptions()).data
  const form = useClientForm(client)
  const save = useMutation({
    mutationFn: (values: ClientValues) => {
      const written = clientOf(values, client, new Date())
      return client === null ? engine.clients.create(written) : engine.clients.update({ ...written, id: client.id })
    },
    meta: { showsErrors: true },
    onSuccess(saved) {
      mayLeave.current = true
      onSaved(saved)
    },
    onError(error, values) {
      const errors = fieldErrorsOf(error, shell)
      if (errors !== null) form.setErrors(clientFieldErrors(errors, values))
    },
  })
  const problem =
    save.error === null || fieldErrorsOf(save.error, shell) !== null ? null : describeError(save.error, shell)
  const phone = normalizePhone(form.values.phone)
  useEffect(() => {
    mayLeave.current = false
  }, [mayLeave])

  return (
    <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      {form.isDirty() ? <LeaveGuard mayLeave={mayLeave} isLeaving={leavesClient} /> : null}
      <Stack gap="md">
        <TextInput
          label={t('fields.phone')}
          type="tel"
          placeholder="+7 900 123-45-67"
          withAsterisk
          data-autofocus
          {...form.getInputProps('phone')}
        />
        <TextInput label={t('fields.name')} {...form.getInputProps('name')} />
        <TagsInput
          label={t('fields.tags')}
          description={t('form.tagsHint')}
          data={facets?.tags.map((tag) => tag.value) ?? []}
          limit={50}
          {...form.getInputProps('tags')}
        />
        <Group grow align="flex-start">
          <TextInput
            label={t('fields.operatorCode')}
            inputMode="numeric"
            placeholder={phone.ok ? operatorCodeOf(phone.phone) : ''}
            {...form.getInputProps('operatorCode')}
          />
          <Select
            label={t('fields.timeZone')}
            searchable
            allowDeselect={false}
            limit={50}
            data={timeZoneChoices(form.values.timeZone)}
            nothingFoundMessage={t('noSuchValue')}
            {...form.getInputProps('timeZone')}
          />
          <Autocomplete
            label={t('fields.language')}
            data={facets?.languages.map((language) => language.value) ?? []}
            {...form.getInputProps('language')}
          />
        </Group>
        <AttributeFields form={form} suggestions={facets?.attributes ?? []} />
        <Switch
          label={t('form.optedOut')}
          description={
            client?.optedOutAt == null
              ? t('form.optedOutHint')
              : t('form.optedOutSince', { at: format.moment(client.optedOutAt) })
          }
          {...form.getInputProps('optedOut', { type: 'checkbox' })}
        />
        <ProblemAlert problem={problem} />
        <Group justify="space-between" mt="xs">
          <Button type="submit" loading={save.isPending}>
            {client === null ? t('add') : t('shell:actions.save')}
          </Button>
          {onDelete === undefined ? null : (
            <Button variant="subtle" color="red" loading={deleting} onClick={onDelete}>
              {t('delete.button')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}

/**
 * Whether a navigation leaves this client: closing the drawer or opening another client does, sorting the list does
 * not.
 */
function leavesClient(from: Location, to: Location): boolean {
  const clientIn = ({ search }: Location) => new URLSearchParams(search).get('client')
  return from.pathname !== to.pathname || clientIn(from) !== clientIn(to)
}

const platformZones = Intl.supportedValuesOf('timeZone')

/** Every time zone of the platform, and `chosen` if the platform lists it under another name. */
function timeZoneChoices(chosen: string): string[] {
  return platformZones.includes(chosen) || chosen === '' ? platformZones : [chosen, ...platformZones]
}
