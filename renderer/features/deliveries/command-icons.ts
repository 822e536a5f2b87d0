import {
  IconBan,
  IconCalendarTime,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerTrackNext,
  type IconProps,
  IconRefresh,
  IconTrash,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { DeliveryCommand } from './command-confirmations.ts'

/** The icon of each command, the same in menus and on buttons. */
export const commandIcons: { readonly [command in DeliveryCommand]: ComponentType<IconProps> } = {
  start: IconPlayerPlay,
  schedule: IconCalendarTime,
  pause: IconPlayerPause,
  resume: IconPlayerTrackNext,
  retry: IconRefresh,
  cancel: IconBan,
  delete: IconTrash,
}
