import { Alert, Text } from '@mantine/core'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { describeError } from '../api/errors.ts'

interface GatewayTestResultProps {
  /** Why there is no result; null if there is one or the test has not run. */
  readonly error: unknown
  readonly result: { readonly ok: boolean; readonly title: string; readonly text: ReactNode } | null
}

/** The result of a test request to the gateway. Screen readers announce it when it arrives. */
export function GatewayTestResult({ error, result }: GatewayTestResultProps) {
  const { t } = useTranslation()
  const problem = error === null ? null : describeError(error, t)
  return (
    <div role="status">
      {problem === null ? null : (
        <Alert color="red" icon={<IconCircleX />} title={problem.title}>
          {problem.advice}
        </Alert>
      )}
      {result === null ? null : (
        <Alert
          color={result.ok ? 'green' : 'red'}
          icon={result.ok ? <IconCircleCheck /> : <IconCircleX />}
          title={result.title}
        >
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {result.text}
          </Text>
        </Alert>
      )}
    </div>
  )
}
