import { Alert, Anchor } from '@mantine/core'
import { IconCalendarTime, IconClockX, IconPencil, IconPlayerPause, IconUsersMinus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Delivery } from '#shared/contract/deliveries.ts'
import { useFormat } from '../../../components/format.ts'
import { useNow } from '../../../components/time.tsx'

/** What a delivery waits for, and what moves it on. Nothing while it simply runs, or is over. */
export function StatusNotice({ delivery }: { readonly delivery: Delivery }) {
  const { t } = useTranslation('deliveries')
  const format = useFormat()
  const now = useNow()
  const { id, status, startsAt, startedAt, endsAt, messages } = delivery
  const end = format.moment(endsAt)

  if (startedAt === null && (status === 'draft' || status === 'paused') && Date.parse(endsAt) <= now) {
    return (
      <Alert py="sm" color="orange" variant="light" icon={<IconClockX />} title={t('page.endPassedTitle')}>
        {t('page.endPassedText', { moment: end })}{' '}
        <Anchor component={Link} to={`/deliveries/${id}/edit`} size="sm">
          {t('action.edit')}
        </Anchor>
      </Alert>
    )
  }
  switch (status) {
    case 'draft':
      return (
        <Alert py="sm" color="gray" variant="light" icon={<IconPencil />} title={t('page.draftTitle')}>
          {t('page.draftText')}
        </Alert>
      )
    case 'scheduled':
      return (
        <Alert py="sm" color="accent" variant="light" icon={<IconCalendarTime />} title={t('page.scheduledTitle')}>
          {t('page.scheduledText', { moment: format.moment(startsAt), relative: format.relative(startsAt, now) })}
        </Alert>
      )
    case 'paused':
      return (
        <Alert py="sm" color="orange" variant="light" icon={<IconPlayerPause />} title={t('page.pausedTitle')}>
          {startedAt === null
            ? t('page.pausedBeforeStart')
            : t('page.pausedText', { count: messages.byStatus.queued + messages.byStatus.sending, end })}
        </Alert>
      )
    case 'completed':
      return messages.total > 0 ? null : (
        <Alert py="sm" color="gray" variant="light" icon={<IconUsersMinus />} title={t('page.nobodyTitle')}>
          {t('page.nobodyText')}
        </Alert>
      )
    case 'running':
    case 'cancelled':
      return null
  }
}
