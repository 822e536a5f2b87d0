import { Button } from '@mantine/core'
import { IconSearchOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { isNotFound } from '../../api/errors.ts'
import { EmptyState, QueryState } from '../../components/states.tsx'

interface MissingDeliveryProps {
  readonly id: number
  readonly query: Parameters<typeof QueryState>[0]['query']
}

/** Shown in place of a delivery that is still loading, does not exist or could not be read. */
export function MissingDelivery({ id, query }: MissingDeliveryProps) {
  const { t } = useTranslation('deliveries')
  const isId = Number.isInteger(id)
  if (query.error === null || (isId && !isNotFound(query.error))) return <QueryState query={query} lines={12} />
  return (
    <EmptyState
      icon={IconSearchOff}
      title={isId ? t('page.notFoundTitle', { id }) : t('page.notFoundAny')}
      action={
        <Button component={Link} to="/deliveries">
          {t('composer.backToList')}
        </Button>
      }
    >
      {t('page.notFoundText')}
    </EmptyState>
  )
}
