import { Button, Group, Stack } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { setLock, useLock } from '../../../api/lock.ts'
import { orpc } from '../../../api/queries.ts'
import { Section } from '../../../components/section.tsx'
import { IdleChoice } from './idle-choice.tsx'
import { PassphraseForm } from './passphrase-form.tsx'

/** The passphrase of the console: set, changed and removed, and the idle time until it locks. */
export function LockSection() {
  const { t } = useTranslation('settings')
  const lock = useLock()
  const [action, setAction] = useState<'change' | 'remove' | null>(null)
  const lockNow = useMutation(orpc.lock.lock.mutationOptions({ onSuccess: setLock }))
  if (lock === null) return null
  const done = () => setAction(null)
  return (
    <Section title={t('lock.title')} hint={t('lock.hint')} look="group">
      {lock.hasPassphrase ? (
        <Stack gap="md">
          <Group align="flex-end" gap="md">
            <IdleChoice minutes={lock.idleMinutes} />
            <Button
              variant="default"
              leftSection={<IconLock size={16} aria-hidden="true" />}
              loading={lockNow.isPending}
              onClick={() => lockNow.mutate(undefined)}
            >
              {t('lock.now')}
            </Button>
          </Group>
          {action === null ? (
            <Group gap="sm">
              <Button variant="default" onClick={() => setAction('change')}>
                {t('lock.change.open')}
              </Button>
              <Button variant="default" onClick={() => setAction('remove')}>
                {t('lock.remove.open')}
              </Button>
            </Group>
          ) : (
            <PassphraseForm key={action} purpose={action} onDone={done} onBack={done} />
          )}
        </Stack>
      ) : (
        <PassphraseForm purpose="set" onDone={done} />
      )}
    </Section>
  )
}
