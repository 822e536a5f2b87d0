import { Group, Text, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import classes from './section.module.css'

interface SectionProps {
  readonly title: string
  /** One sentence below the title. */
  readonly hint?: string
  /** At the right of the title. */
  readonly aside?: ReactNode
  /**
   * `panel`: in a frame. `group`: below a line, the title above the content. `row`: below a line, the title beside it.
   */
  readonly look?: 'panel' | 'group' | 'row'
  readonly children: ReactNode
}

/** One subject of a screen under its own heading, which also names it for screen readers. */
export function Section({ title, hint, aside, look = 'panel', children }: SectionProps) {
  const id = useId()
  return (
    <section className={classes.section} data-look={look} aria-labelledby={id}>
      <Group
        className={classes.head ?? ''}
        justify="space-between"
        align={look === 'row' ? 'flex-start' : 'center'}
        gap="sm"
      >
        <Title order={2} id={id}>
          {title}
        </Title>
        {aside}
      </Group>
      {hint === undefined ? null : <Text c="dimmed">{hint}</Text>}
      <div className={classes.content}>{children}</div>
    </section>
  )
}
