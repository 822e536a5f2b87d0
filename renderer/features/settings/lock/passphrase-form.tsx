import { Button, Group, PasswordInput, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { minPassphraseCharacters } from '#shared/contract/lock.ts'
import { describeError, fieldErrorsOf } from '../../../api/errors.ts'
import { setLock } from '../../../api/lock.ts'
import { orpc } from '../../../api/queries.ts'
import { showDone } from '../../../components/notice.ts'
import { ProblemAlert } from '../../../components/states.tsx'

interface PassphraseFormProps {
  readonly purpose: 'set' | 'change' | 'remove'
  onDone(): void
  readonly onBack?: () => void
}

const fields = {
  set: ['next', 'again'],
  change: ['current', 'next', 'again'],
  remove: ['current'],
} as const

/** Asks for the present passphrase if there is one, and twice for the new one. */
export function PassphraseForm({ purpose, onDone, onBack }: PassphraseFormProps) {
  const { t } = useTranslation(['settings', 'shell', 'errors'])
  const { t: shell } = useTranslation('shell')
  const form = useForm({
    initialValues: { current: '', next: '', again: '' },
    validate: {
      current: (value) => (purpose === 'set' || value !== '' ? null : t('errors:empty')),
      next: (value) =>
        purpose === 'remove' || [...value].length >= minPassphraseCharacters
          ? null
          : t('errors:passphrase_too_short', { min: minPassphraseCharacters }),
      again: (value, { next }) => (purpose === 'remove' || value === next ? null : t('lock.different')),
    },
  })
  const change = useMutation(
    orpc.lock.setPassphrase.mutationOptions({
      meta: { showsErrors: true },
      onSuccess(state) {
        form.reset()
        showDone(t(`lock.${purpose}.done`))
        onDone()
        setLock(state)
      },
      onError(error) {
        const errors = fieldErrorsOf(error, shell)
        if (errors !== null) form.setErrors(errors)
      },
    }),
  )
  const problem =
    change.error === null || fieldErrorsOf(change.error, shell) !== null ? null : describeError(change.error, shell)

  return (
    <form
      noValidate
      aria-label={t(`lock.${purpose}.open`)}
      onSubmit={form.onSubmit(({ current, next }) =>
        change.mutate({
          ...(purpose === 'set' ? {} : { current }),
          next: purpose === 'remove' ? null : next,
        }),
      )}
    >
      <Stack gap="sm">
        <Group align="flex-start" gap="md">
          {fields[purpose].map((field) => (
            <PasswordInput
              key={field}
              label={t(`lock.fields.${field}`)}
              autoComplete={field === 'current' ? 'current-password' : 'new-password'}
              visibilityToggleButtonProps={{ 'aria-label': t('shell:lock.show') }}
              w={240}
              {...form.getInputProps(field)}
            />
          ))}
        </Group>
        <ProblemAlert problem={problem} />
        <Group gap="sm">
          <Button type="submit" {...(purpose === 'remove' ? { color: 'red' } : {})} loading={change.isPending}>
            {t(`lock.${purpose}.button`)}
          </Button>
          {onBack === undefined ? null : (
            <Button variant="subtle" onClick={onBack}>
              {t('shell:actions.back')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}
