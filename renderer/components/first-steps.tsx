import { Button } from '@mantine/core'
import { IconSend, IconUpload, IconUsersPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { everybody } from '#shared/domain/filter.ts'
import { orpc } from '../api/queries.ts'
import { NewDeliveryButton } from './new-delivery-button.tsx'
import { EmptyState, SkeletonLines } from './states.tsx'

/** Shows a new user the next step: add clients first, then write a delivery. */
export function FirstSteps() {
  const { t } = useTranslation('deliveries')
  const audience = useQuery(orpc.deliveries.audience.queryOptions({ input: { filter: everybody } }))
  if (audience.isPending) return <SkeletonLines count={4} />
  if (audience.data !== undefined && audience.data.clients + audience.data.optedOut === 0) {
    return (
      <EmptyState
        icon={IconUsersPlus}
        title={t('list.empty.noClientsTitle')}
        action={
          <Button component={Link} to="/clients/import" leftSection={<IconUpload size={16} aria-hidden="true" />}>
            {t('list.empty.importClients')}
          </Button>
        }
      >
        {t('list.empty.noClientsText')}
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={IconSend} title={t('list.empty.title')} action={<NewDeliveryButton label={t('new')} />}>
      {t('list.empty.text')}
    </EmptyState>
  )
}
