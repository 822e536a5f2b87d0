import { Anchor } from '@mantine/core'
import { IconHelpCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Delivery } from '#shared/contract/deliveries.ts'
import { Note } from '../../../components/note.tsx'
import { useNow } from '../../../components/time.tsx'
import { followUpAt } from '../follow-up.ts'
import { ResolveButtons } from '../resolve/resolve-buttons.tsx'

/** Asks the user to resolve the delivery's uncertain messages. Nothing if there are none. */
export function UncertainNotice({ delivery }: { readonly delivery: Delivery }) {
  const { t } = useTranslation('deliveries')
  const { uncertain: count, resolveOptions } = followUpAt(delivery, useNow())
  if (count === 0) return null
  return (
    <Note tone="warning" icon={IconHelpCircle} title={t('settling.title', { count })} role="status">
      {t(count === 1 ? 'settling.textOne' : 'settling.text')}{' '}
      <Anchor component={Link} to="?status=uncertain" replace size="sm">
        {t('settling.oneByOne')}
      </Anchor>
      <ResolveButtons delivery={delivery} count={count} resolveOptions={resolveOptions} />
    </Note>
  )
}
