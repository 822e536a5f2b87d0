import { Button } from '@mantine/core'
import { IconSearchOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { isNotFound } from '../../api/errors.ts'
import { EmptyState, ErrorState } from '../../components/states.tsx'

interface DeliveryProblemProps {
  readonly id: number
  readonly error: unknown
  readonly onRetry: () => void
}

/** Stands in place of a delivery that is not there or could not be read. */
export function DeliveryProblem({ id, error, onRetry }: DeliveryProblemProps) {
  const { t } = useTranslation('deliveries')
  if (!isNotFound(error) && Number.isInteger(id)) return <ErrorState error={error} onRetry={onRetry} />
  return (
    <EmptyState
      icon={IconSearchOff}
      title={Number.isInteger(id) ? t('page.notFoundTitle', { id }) : t('page.notFoundAny')}
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
