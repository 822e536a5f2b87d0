import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconDeviceMobileMessage } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { orpc } from '../../../api/queries.ts'
import { useFormat } from '../../../components/format.ts'
import { GatewayTestResult } from '../../../components/gateway-test-result.tsx'
import { PopoverButton } from '../../../components/popover-button.tsx'

interface TestMessageButtonProps {
  readonly text: string
  /** The client whose values fill the text; null for none. */
  readonly client: { readonly clientId: number; readonly name: string; readonly phone: string } | null
}

/** The user's own phone is remembered on this machine. */
const phoneKey = 'herald.testPhone'

/** Sends the text to the user's own phone, so that they see it as clients will. */
export function TestMessageButton({ text, client }: TestMessageButtonProps) {
  const { t } = useTranslation('deliveries')
  const format = useFormat()
  const [phone, setPhone] = useState(() => localStorage.getItem(phoneKey) ?? '')
  const send = useMutation(orpc.gateway.sendTest.mutationOptions({ meta: { showsErrors: true } }))
  const { data } = send

  function run() {
    localStorage.setItem(phoneKey, phone.trim())
    send.mutate({ phone: phone.trim(), text, clientId: client?.clientId ?? null })
  }

  const result = data && {
    ok: data.ok,
    title: t(data.ok ? 'composer.test.accepted' : 'composer.test.refused', {
      duration: format.duration(data.durationMs),
    }),
    text: data.ok ? data.text : data.detail,
  }
  return (
    <PopoverButton
      label={t('composer.test.button')}
      leftSection={<IconDeviceMobileMessage size={14} aria-hidden="true" />}
      width={380}
      disabled={text.trim() === ''}
      onToggle={send.reset}
    >
      {() => (
        <Stack gap="sm">
          <Group gap="xs" align="flex-end" wrap="nowrap">
            <TextInput
              flex={1}
              data-autofocus
              label={t('composer.test.phone')}
              inputMode="tel"
              value={phone}
              onChange={(event) => setPhone(event.currentTarget.value)}
              onKeyDown={(event) => event.key === 'Enter' && phone.trim() !== '' && run()}
            />
            <Button disabled={phone.trim() === ''} loading={send.isPending} onClick={run}>
              {t('composer.test.send')}
            </Button>
          </Group>
          <Text size="xs" c="dimmed">
            {client === null
              ? t('composer.test.asNobody')
              : t('composer.test.as', { name: client.name === '' ? format.phone(client.phone) : client.name })}{' '}
            {t('composer.test.note')}
          </Text>
          <GatewayTestResult error={send.error} result={result ?? null} />
        </Stack>
      )}
    </PopoverButton>
  )
}
