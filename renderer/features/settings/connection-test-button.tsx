import { Button, Group } from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { orpc } from '../../api/queries.ts'
import { useFormat } from '../../components/format.ts'
import { GatewayTestResult } from '../../components/gateway-test-result.tsx'
import type { GatewayTarget } from './gateway-values.ts'

interface ConnectionTestButtonProps {
  /** Returns what the form holds now, or null if it is not valid. */
  target(): GatewayTarget | null
  readonly save: ReactNode
}

/** Asks the gateway whether it would accept messages, without sending a message or saving anything. */
export function ConnectionTestButton({ target, save }: ConnectionTestButtonProps) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const { data, error, isPending, mutate } = useMutation(
    orpc.gateway.test.mutationOptions({ meta: { showsErrors: true } }),
  )

  function run() {
    const tested = target()
    if (tested !== null) mutate(tested)
  }

  const answer = data?.httpStatus == null ? t('test.noAnswer') : t('test.status', { status: data.httpStatus })
  return (
    <>
      <Group gap="sm">
        {save}
        <Button variant="default" leftSection={<IconPlugConnected size={16} />} loading={isPending} onClick={run}>
          {t('test.button')}
        </Button>
      </Group>
      <GatewayTestResult
        error={error}
        result={
          data === undefined
            ? null
            : {
                ok: data.ok,
                title: t(data.ok ? 'test.ok' : 'test.notOk', { duration: format.duration(data.durationMs) }),
                text: `${answer} ${data.detail}`,
              }
        }
      />
    </>
  )
}
