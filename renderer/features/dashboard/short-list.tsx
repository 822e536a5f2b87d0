import { Anchor } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import classes from './dashboard.module.css'

/** A longer list cannot be read at a glance. */
const maxShown = 6

interface ShortListProps<Item> {
  readonly items: readonly Item[]
  readonly keyOf: (item: Item) => string | number
  readonly children: (item: Item) => ReactNode
}

/** The first items of a list and a link to the rest. */
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
