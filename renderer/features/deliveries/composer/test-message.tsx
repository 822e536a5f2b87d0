import { Alert, Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core'
import { IconCircleCheck, IconCircleX, IconDeviceMobileMessage } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { describeError } from '../../../api/errors.ts'
import { orpc } from '../../../api/queries.ts'
import { useFormat } from '../../../components/format.ts'

interface TestMessageProps {
  readonly text: string
  /** As whom the text is read; null where nobody is shown. */
  readonly client: { readonly clientId: number; readonly name: string; readonly phone: string } | null
}

/** The operator's own phone is asked for once. */
const remembered = 'herald.testPhone'

/** Sends the text to the operator's own phone, to be seen as clients will see it. */
export function TestMessage({ text, client }: TestMessageProps) {
  const { t } = useTranslation('deliveries')
  const { t: shell } = useTranslation('shell')
  const format = useFormat()
  const [opened, setOpened] = useState(false)
  const [phone, setPhone] = useState(() => localStorage.getItem(remembered) ?? '')
  const send = useMutation(orpc.gateway.sendTest.mutationOptions({ meta: { showsErrors: true } }))
  const problem = send.error === null ? null : describeError(send.error, shell)

  function run() {
    localStorage.setItem(remembered, phone.trim())
    send.mutate({ phone: phone.trim(), text, clientId: client?.clientId ?? null })
  }

  return (
    <Popover opened={opened} onChange={setOpened} trapFocus position="bottom-end" width={380} withinPortal>
      <Popover.Target>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconDeviceMobileMessage size={14} aria-hidden="true" />}
          disabled={text.trim() === ''}
          aria-expanded={opened}
          onClick={() => {
            send.reset()
            setOpened(!opened)
          }}
        >
          {t('composer.test.button')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
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
          <div role="status">
            {problem === null ? null : (
              <Alert color="red" icon={<IconCircleX />} title={problem.title}>
                {problem.advice}
              </Alert>
            )}
            {send.data === undefined ? null : (
              <Alert
                color={send.data.ok ? 'green' : 'red'}
                icon={send.data.ok ? <IconCircleCheck /> : <IconCircleX />}
                title={t(send.data.ok ? 'composer.test.accepted' : 'composer.test.refused', {
                  duration: format.duration(send.data.durationMs),
                })}
              >
                <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                  {send.data.ok ? send.data.text : send.data.detail}
                </Text>
              </Alert>
            )}
          </div>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
