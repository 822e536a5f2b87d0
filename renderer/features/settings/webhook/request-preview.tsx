import { Alert, Input, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { translateError } from '../../../api/error-translations.ts'
import { describeError } from '../../../api/errors.ts'
import type { GatewayValues } from '../gateway-values.ts'
import { useRequestPreview } from './use-request-preview.ts'
import classes from './webhook.module.css'

interface RequestPreviewProps {
  readonly values: GatewayValues
}

/** The request as it would be sent, with a masked token, and its problems. */
export function RequestPreview({ values }: RequestPreviewProps) {
  const { t } = useTranslation('settings')
  const { t: shell } = useTranslation('shell')
  const preview = useRequestPreview(values.webhook)
  const request = preview.data
  // A token in the form counts as saved, because it is saved with everything else.
  const problems = (request?.problems ?? []).filter(({ path }) => path !== 'token' || values.token.trim() === '')

  return (
    <section className={classes.preview} aria-label={t('webhook.preview.label')}>
      <Input.Label component="div">{t('webhook.preview.label')}</Input.Label>
      <Input.Description>{t('webhook.preview.hint')}</Input.Description>
      {preview.error === null ? null : (
        <Text size="sm" c="red" mt="xs">
          {describeError(preview.error, shell).advice}
        </Text>
      )}
      {request === undefined ? null : (
        <pre className={classes.request} data-stale={preview.isPlaceholderData || undefined}>
          <strong>{`${request.method} ${request.url}`}</strong>
          {request.headers.map(({ name, value }) => `\n${name}: ${value}`)}
          {request.body === null || request.body === '' ? null : `\n\n${request.body}`}
        </pre>
      )}
      <div role="status">
        {problems.length === 0 ? null : (
          <Alert
            color="yellow"
            classNames={{ title: classes.warning }}
            variant="light"
            mt="xs"
            icon={<IconAlertTriangle />}
            title={t('webhook.preview.problems')}
          >
            <ul className={classes.problems}>
              {problems.map(({ path, message, ...error }) => (
                <li key={`${path} ${message}`}>
                  {t('webhook.preview.problem', {
                    field: t(`webhook.preview.fields.${fieldOf(path)}`, { number: rowOf(path) }),
                    reason: translateError(error, shell),
                  })}
                </li>
              ))}
            </ul>
          </Alert>
        )}
      </div>
    </section>
  )
}

const fields = ['url', 'headers', 'body', 'success', 'refusal', 'token'] as const

function fieldOf(path: string): (typeof fields)[number] {
  const [field] = path.split('.')
  return fields.find((each) => each === field) ?? 'url'
}

/** The number of the header, 1-based, that a problem is about. */
function rowOf(path: string): number {
  return Number(/^headers\.(\d+)/.exec(path)?.[1] ?? 0) + 1
}
