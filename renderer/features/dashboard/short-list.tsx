import { Anchor } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import classes from './dashboard.module.css'

/** The list stays short enough to be read at a glance. */
const maxShown = 6

interface ShortListProps<Item> {
  readonly items: readonly Item[]
  readonly keyOf: (item: Item) => string | number
  readonly children: (item: Item) => ReactNode
}

/** The first few of a list, and the way to the others. */
export function ShortList<Item>({ items, keyOf, children }: ShortListProps<Item>) {
  const { t } = useTranslation('dashboard')
  return (
    <ul className={classes.list}>
      {items.slice(0, maxShown).map((item) => (
        <li key={keyOf(item)}>{children(item)}</li>
      ))}
      {items.length <= maxShown ? null : (
        <li>
          <Anchor component={Link} to="/deliveries" size="sm">
            {t('more', { count: items.length - maxShown })}
          </Anchor>
        </li>
      )}
    </ul>
  )
}
