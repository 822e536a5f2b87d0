import { Button, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconLock } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { describeError, fieldErrorsOf } from '../../api/errors.ts'
import { refreshLock, setLock } from '../../api/lock.ts'
import { orpc } from '../../api/queries.ts'
import { useApplySettings } from '../../api/use-settings.ts'
import { recordPresence } from '../../api/user-presence.ts'
import classes from './lock-screen.module.css'

/** Shown instead of everything while the program is locked; unlocks it. */
export function LockScreen() {
  const { t } = useTranslation()
  useApplySettings()
  useDocumentTitle(`${t('lock.title')} · ${t('brand')}`)
  const [passphrase, setPassphrase] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const unlock = useMutation(
    orpc.lock.unlock.mutationOptions({
      meta: { showsErrors: true },
      onSuccess(state) {
        recordPresence()
        setLock(state)
      },
      onError: () => field.current?.select(),
    }),
  )
  useEffect(() => field.current?.focus(), [])
  // Another window may have unlocked the program.
  useEffect(() => {
    const refresh = () => void refreshLock()
    window.addEventListener('focus', refresh)
    return () => window.removeEventListener('focus', refresh)
  }, [])

  function submit(event: SubmitEvent) {
    event.preventDefault()
    if (!unlock.isPending) unlock.mutate({ passphrase })
  }

  return (
    <main className={classes.screen}>
      <Paper className={classes.card ?? ''} withBorder p="xl">
        <form noValidate onSubmit={submit}>
          <Stack gap="md">
            <IconLock size={28} stroke={1.5} aria-hidden="true" />
            <Title order={1}>{t('lock.title')}</Title>
            <Text c="dimmed">{t('lock.sendingGoesOn')}</Text>
            <PasswordInput
              ref={field}
              label={t('lock.passphrase')}
              autoComplete="current-password"
              visibilityToggleButtonProps={{ 'aria-label': t('lock.show') }}
              value={passphrase}
              onChange={(event) => setPassphrase(event.currentTarget.value)}
              error={problemOf(unlock.error, t)}
            />
            <Button type="submit" loading={unlock.isPending}>
              {t('lock.unlock')}
            </Button>
          </Stack>
        </form>
      </Paper>
    </main>
  )
}

/** The error beside the field, which is the only possible cause. */
function problemOf(error: unknown, t: Parameters<typeof describeError>[1]): string | null {
  if (error === null) return null
  const ofField = fieldErrorsOf(error, t)?.passphrase
  if (ofField !== undefined) return ofField
  const { title, advice } = describeError(error, t)
  return `${title}. ${advice}`
}
