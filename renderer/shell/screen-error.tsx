import { Button, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRouteError } from 'react-router'

/** Shown in place of a screen that failed to render; the rest of the console still works. */
export function ScreenError() {
  const { t } = useTranslation()
  const error = useRouteError()
  return (
    <div role="alert" style={{ padding: '1.5rem', maxWidth: '40rem' }}>
      <Title order={1}>{t('screenError.title')}</Title>
      <Text c="dimmed" my="sm">
        {t('screenError.advice')}
      </Text>
      {error instanceof Error ? (
        <Text size="sm" ff="monospace" mb="md">
          {error.message}
        </Text>
      ) : null}
      <Button onClick={() => window.location.reload()}>{t('screenError.reload')}</Button>
    </div>
  )
}
