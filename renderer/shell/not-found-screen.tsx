import { Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Page } from '../components/page.tsx'

/** Shown at an unknown URL. */
export function NotFoundScreen() {
  const { t } = useTranslation()
  return (
    <Page title={t('notFound.title')} layout="wide">
      <Text c="dimmed" mb="md">
        {t('notFound.text')}
      </Text>
      <Button component={Link} to="/">
        {t('notFound.action')}
      </Button>
    </Page>
  )
}
