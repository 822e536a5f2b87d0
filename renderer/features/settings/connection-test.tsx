import { Alert, Button, Group, Text } from '@mantine/core'
import { IconCircleCheck, IconCircleX, IconPlugConnected } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { describeError } from '../../api/errors.ts'
import { orpc } from '../../api/queries.ts'
import { useFormat } from '../../components/format.ts'
import type { GatewayTarget } from './gateway-values.ts'

interface ConnectionTestProps {
  /** What stands in the form now, or null when that makes no sense yet. */
  target(): GatewayTarget | null
  readonly save: ReactNode
}

/** Asks the gateway whether it would take messages, without sending one and without saving anything. */
export function ConnectionTest({ target, save }: ConnectionTestProps) {
  const { t } = useTranslation('settings')
  const { t: shell } = useTranslation('shell')
  const format = useFormat()
  const test = useMutation(orpc.gateway.test.mutationOptions({ meta: { showsErrors: true } }))
  const problem = test.error === null ? null : describeError(test.error, shell)

  function run() {
    const wanted = target()
    if (wanted !== null) test.mutate(wanted)
  }

  return (
    <>
      <Group gap="sm">
        {save}
        <Button variant="default" leftSection={<IconPlugConnected size={16} />} loading={test.isPending} onClick={run}>
          {t('test.button')}
        </Button>
      </Group>
      <div role="status">
        {problem === null ? null : (
          <Alert color="red" icon={<IconCircleX />} title={problem.title}>
            {problem.advice}
          </Alert>
        )}
        {test.data === undefined ? null : (
          <Alert
            color={test.data.ok ? 'green' : 'red'}
            variant="light"
            icon={test.data.ok ? <IconCircleCheck /> : <IconCircleX />}
            title={t(test.data.ok ? 'test.ok' : 'test.notOk', { duration: format.duration(test.data.durationMs) })}
          >
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {test.data.httpStatus === null ? t('test.noAnswer') : t('test.status', { status: test.data.httpStatus })}{' '}
              {test.data.detail}
            </Text>
          </Alert>
        )}
      </div>
    </>
  )
}
