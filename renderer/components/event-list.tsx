import { Group, Text } from '@mantine/core'
import { Fragment, type ReactNode } from 'react'
import classes from './event-list.module.css'
import { useFormat } from './format.ts'

/** A list of events, in order. */
export function EventList({ children }: { readonly children: ReactNode }) {
  return <ol className={classes.story}>{children}</ol>
}

/** A detail of an event; `name` is unique within its item. */
export interface EventDetail {
  readonly name: string
  readonly words: ReactNode
}

interface EventItemProps {
  readonly title: ReactNode
  readonly at: string
  readonly facts: readonly EventDetail[]
  /** Text from another program, shown verbatim. */
  readonly words?: string | null
  /** Whether the event is related to the subject of the list, but not about it. */
  readonly isAside?: boolean
}

/** One event: what happened, when exactly, and its details. */
export function EventItem({ title, at, facts, words = null, isAside = false }: EventItemProps) {
  const format = useFormat()
  return (
    <li className={`${classes.line} ${isAside ? classes.aside : ''}`}>
      <Group justify="space-between" align="baseline" wrap="nowrap" gap="sm">
        <div className={classes.title}>{title}</div>
        <time className={classes.at} dateTime={at}>
          {format.exactMoment(at)}
        </time>
      </Group>
      {facts.length === 0 ? null : (
        <Text size="xs" c="dimmed">
          {facts.map((fact, index) => (
            <Fragment key={fact.name}>
              {index === 0 ? '' : ' · '}
              {fact.words}
            </Fragment>
          ))}
        </Text>
      )}
      {words === null || words === '' ? null : <div className={classes.words}>{words}</div>}
    </li>
  )
}
