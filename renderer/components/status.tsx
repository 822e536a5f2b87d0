import {
  IconAlertTriangleFilled,
  IconBan,
  IconCircleCheckFilled,
  IconClock,
  IconClockX,
  IconHelpCircleFilled,
  IconHourglassEmpty,
  IconPencil,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  type IconProps,
  IconSend,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeliveryStatus, MessageStatus } from '#shared/domain/states.ts'
import classes from './status.module.css'

interface Look {
  readonly icon: ComponentType<IconProps>
  /** A CSS custom property of `global.css` with a value for each theme. */
  readonly color: string
}

const deliveryLooks: { readonly [status in DeliveryStatus]: Look } = {
  draft: { icon: IconPencil, color: 'var(--status-neutral)' },
  scheduled: { icon: IconClock, color: 'var(--status-waiting)' },
  running: { icon: IconPlayerPlayFilled, color: 'var(--status-moving)' },
  paused: { icon: IconPlayerPauseFilled, color: 'var(--status-warning)' },
  completed: { icon: IconCircleCheckFilled, color: 'var(--status-good)' },
  cancelled: { icon: IconBan, color: 'var(--status-neutral)' },
}

const messageLooks: { readonly [status in MessageStatus]: Look } = {
  queued: { icon: IconHourglassEmpty, color: 'var(--status-waiting)' },
  sending: { icon: IconSend, color: 'var(--status-moving)' },
  sent: { icon: IconCircleCheckFilled, color: 'var(--status-good)' },
  failed: { icon: IconAlertTriangleFilled, color: 'var(--status-bad)' },
  expired: { icon: IconClockX, color: 'var(--status-warning)' },
  cancelled: { icon: IconBan, color: 'var(--status-neutral)' },
  uncertain: { icon: IconHelpCircleFilled, color: 'var(--status-odd)' },
}

/** The colour of a message status in badges, bars and charts. */
export function messageColor(status: MessageStatus): string {
  return messageLooks[status].color
}

/** The colour of a delivery status. */
export function deliveryColor(status: DeliveryStatus): string {
  return deliveryLooks[status].color
}

/** A delivery's status as icon and text, so that it is readable without colour. */
export function DeliveryStatusBadge({ status }: { readonly status: DeliveryStatus }) {
  const { t } = useTranslation()
  return <Badge look={deliveryLooks[status]} word={t(`status.delivery.${status}`)} />
}

/** A message's status as icon and text, so that it is readable without colour. */
export function MessageStatusBadge({ status }: { readonly status: MessageStatus }) {
  const { t } = useTranslation()
  return <Badge look={messageLooks[status]} word={t(`status.message.${status}`)} />
}

function Badge({ look, word }: { readonly look: Look; readonly word: string }) {
  const Icon = look.icon
  return (
    <span className={classes.badge}>
      <Icon size={15} stroke={2} color={look.color} aria-hidden="true" />
      {word}
    </span>
  )
}
