import { Text, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import classes from './settings.module.css'

interface SectionProps {
  readonly title: string
  readonly hint?: string
  readonly children: ReactNode
}

/** One group of settings under its own heading. */
export function Section({ title, hint, children }: SectionProps) {
  const id = useId()
  return (
    <section className={classes.section} aria-labelledby={id}>
      <Title order={2} id={id}>
        {title}
      </Title>
      {hint === undefined ? null : <Text c="dimmed">{hint}</Text>}
      <div className={classes.fields}>{children}</div>
    </section>
  )
}
