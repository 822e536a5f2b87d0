import { ActionIcon, type ActionIconProps, Tooltip } from '@mantine/core'
import type { IconProps } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { Link } from 'react-router'

interface IconButtonProps extends Pick<ActionIconProps, 'color' | 'disabled' | 'loading'> {
  readonly icon: ComponentType<IconProps>
  /** What the button does. */
  readonly tooltip: string
  /** What the button does and to what, for screen readers; the tooltip by default. */
  readonly label?: string
  /** If set, the button is a link. */
  readonly to?: string
  readonly onClick?: () => void
}

/** A small button with an icon and a tooltip. */
export function IconButton({ icon: Icon, tooltip, label = tooltip, to, onClick, ...look }: IconButtonProps) {
  const shared = { ...look, variant: 'subtle', 'aria-label': label, children: <Icon size={16} aria-hidden="true" /> }
  return (
    <Tooltip label={tooltip}>
      {to === undefined ? (
        <ActionIcon {...shared} onClick={onClick} />
      ) : (
        <ActionIcon {...shared} component={Link} to={to} />
      )}
    </Tooltip>
  )
}
