import { Text } from '@mantine/core'
import type { IconProps } from '@tabler/icons-react'
import type { ComponentType, ReactNode } from 'react'
import classes from './note.module.css'

interface NoteProps {
  readonly tone: 'neutral' | 'accent' | 'warning' | 'bad'
  readonly icon: ComponentType<IconProps>
  readonly title: ReactNode
  /** Screen readers announce an `alert` at once, a `status` at the next pause. */
  readonly role?: 'alert' | 'status'
  /** Whether what it shows is being calculated again. */
  readonly isStale?: boolean
  readonly children?: ReactNode
}

/** Important information beside the content it is about. */
export function Note({ tone, icon: Icon, title, role, isStale = false, children }: NoteProps) {
  return (
    <div className={classes.note} data-tone={tone} data-stale={isStale || undefined} role={role}>
      <Icon size={18} aria-hidden="true" />
      <div className={classes.words}>
        <Text size="sm" fw={600} component="div">
          {title}
        </Text>
        {children === undefined ? null : (
          <Text size="sm" component="div">
            {children}
          </Text>
        )}
      </div>
    </div>
  )
}
