import { Text } from '@mantine/core'
import type { IconProps } from '@tabler/icons-react'
import type { ComponentType, ReactNode } from 'react'
import classes from './note.module.css'

interface NoteProps {
  readonly tone: 'neutral' | 'accent' | 'warning' | 'bad'
  readonly icon: ComponentType<IconProps>
  readonly title: ReactNode
  /** `alert` is said at once, `status` when there is a pause. */
  readonly role?: 'alert' | 'status'
  /** What it says is being worked out anew. */
  readonly isStale?: boolean
  readonly children?: ReactNode
}

/** Something that the operator should know here and now, set apart without shouting. */
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
