import { Anchor, Group, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconChevronLeft } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import classes from './page.module.css'

interface PageProps {
  readonly title: string
  /** Beside the title: a status or a count. */
  readonly aside?: ReactNode
  readonly actions?: ReactNode
  /** The parent screen. */
  readonly back?: { readonly to: string; readonly label: string }
  /**
   * `table`: the content fills the window and scrolls inside. `wide` and `form`: the page scrolls; its width suits
   * reading.
   */
  readonly layout: 'table' | 'wide' | 'form'
  readonly children: ReactNode
}

/** The frame of every screen: title, actions at the right, content below. */
export function Page({ title, aside, actions, back, layout, children }: PageProps) {
  useDocumentTitle(`${title} · Herald`)
  return (
    <div className={classes.page} data-layout={layout}>
      <header className={classes.header}>
        {back === undefined ? null : (
          <Anchor component={Link} to={back.to} className={classes.back ?? ''} size="sm">
            <IconChevronLeft size={14} aria-hidden="true" />
            {back.label}
          </Anchor>
        )}
        <Group gap="sm" className={classes.line ?? ''}>
          <Group gap="sm" wrap="nowrap" className={classes.name ?? ''}>
            <Title order={1} textWrap="nowrap" className={classes.title ?? ''} title={title}>
              {title}
            </Title>
            {aside}
          </Group>
          <Group gap="xs" wrap="nowrap" ml="auto" className={classes.actions ?? ''}>
            {actions}
          </Group>
        </Group>
      </header>
      <div className={classes.content}>{children}</div>
    </div>
  )
}
