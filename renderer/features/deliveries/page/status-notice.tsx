import { Anchor } from '@mantine/core'
import { IconCalendarTime, IconClockX, IconPencil, IconPlayerPause, IconUsersMinus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Delivery } from '#shared/contract/deliveries.ts'
import { useFormat } from '../../../components/format.ts'
import { Note } from '../../../components/note.tsx'
import { useNow } from '../../../components/time.tsx'

/** What a delivery waits for and how to continue it. Nothing while it runs or after it is finished. */
export function StatusNotice({ delivery }: { readonly delivery: Delivery }) {
  const { t } = useTranslation('deliveries')
  const format = useFormat()
  const now = useNow()
  const { id, status, startsAt, startedAt, endsAt, messages } = delivery
  const end = format.moment(endsAt)

  if (startedAt === null && (status === 'draft' || status === 'paused') && Date.parse(endsAt) <= now) {
    return (
      <Note tone="warning" icon={IconClockX} title={t('page.endPassedTitle')}>
        {t('page.endPassedText', { moment: end })}{' '}
        <Anchor component={Link} to={`/deliveries/${id}/edit`} size="sm">
          {t('action.edit')}
        </Anchor>
      </Note>
    )
  }
  switch (status) {
    case 'draft':
      return (
        <Note tone="neutral" icon={IconPencil} title={t('page.draftTitle')}>
          {t('page.draftText')}
        </Note>
      )
    case 'scheduled':
      return (
        <Note tone="accent" icon={IconCalendarTime} title={t('page.scheduledTitle')}>
          {t('page.scheduledText', { moment: format.moment(startsAt), relative: format.relative(startsAt, now) })}
        </Note>
      )
    case 'paused':
      return (
        <Note tone="warning" icon={IconPlayerPause} title={t('page.pausedTitle')}>
          {startedAt === null
            ? t('page.pausedBeforeStart')
            : t('page.pausedText', { count: messages.byStatus.queued + messages.byStatus.sending, end })}
        </Note>
      )
    case 'completed':
      return messages.total > 0 ? null : (
        <Note tone="neutral" icon={IconUsersMinus} title={t('page.nobodyTitle')}>
          {t('page.nobodyText')}
        </Note>
      )
    case 'running':
    case 'cancelled':
      return null
  }
}
