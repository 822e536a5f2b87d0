import { Anchor, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useFormat } from '../../components/format.ts'
import { useNow } from '../../components/time.tsx'
import type { DeliveryResult } from './attention.ts'
import classes from './dashboard.module.css'
import { ShortList } from './short-list.tsx'

/** Scheduled deliveries, the earliest first. */
export function NextList({ scheduled }: { readonly scheduled: readonly DeliveryResult[] }) {
  const { t } = useTranslation('dashboard')
  const format = useFormat()
  const now = useNow()
  if (scheduled.length === 0) {
    return (
      <Text c="dimmed">
        {t('next.none')}{' '}
        <Anchor component={Link} to="/deliveries/new" size="sm">
          {t('next.write')}
        </Anchor>
      </Text>
    )
  }
  const inOrder = scheduled.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt))
  return (
    <ShortList items={inOrder} keyOf={({ id }) => id}>
      {({ id, name, startsAt }) => (
        <Link to={`/deliveries/${id}`} className={classes.line}>
          <span className={classes.name} title={name}>
            {name}
          </span>
          <time className={classes.aside} dateTime={startsAt} title={format.exactMoment(startsAt)}>
            {format.shortMoment(startsAt, now)} · {format.relative(startsAt, now)}
          </time>
        </Link>
      )}
    </ShortList>
  )
}
