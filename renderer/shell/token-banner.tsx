import { Anchor, Text } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { tokenWarning } from '#shared/domain/token-warning.ts'
import { orpc } from '../api/queries.ts'
import { useFormat } from '../components/format.ts'
import { useNow } from '../components/time.tsx'
import classes from './banner.module.css'

/** Stands above every screen from a day before the gateway's token runs out: later it would be noticed by messages that do not go out. */
export function TokenBanner() {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const { data: gateway } = useQuery(orpc.gateway.get.queryOptions())
  // The sandbox asks for no token.
  if (gateway === undefined || gateway.kind === 'sandbox' || gateway.tokenExpiresAt === null) return null
  const warning = tokenWarning(gateway.tokenExpiresAt, now)
  if (warning === 'none') return null
  const expired = warning === 'expired'
  const words = { at: format.moment(gateway.tokenExpiresAt), left: format.relative(gateway.tokenExpiresAt, now) }
  return (
    <div className={classes.banner} data-tone={expired ? 'bad' : 'quiet'} role={expired ? 'alert' : 'status'}>
      <IconKey size={18} aria-hidden="true" />
      <Text size="sm" flex={1}>
        <strong>{t(expired ? 'token.expired' : 'token.expiresSoon', words)}</strong>{' '}
        {expired ? null : `${t('token.expiresSoonAdvice', words)} `}
        {gateway.fromEnvironment.includes('token') ? (
          t('token.environment')
        ) : (
          <Anchor component={Link} to="/settings" size="sm">
            {t('token.settings')}
          </Anchor>
        )}
      </Text>
    </div>
  )
}
