import { Anchor, Text } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { GatewaySettings } from '#shared/contract/gateway.ts'
import { tokenWarning } from '#shared/domain/token-warning.ts'
import { orpc } from '../api/queries.ts'
import { useFormat } from '../components/format.ts'
import { useNow } from '../components/time.tsx'
import classes from './banner.module.css'

/**
 * Above every screen from one day before the gateway's token expires, so that the user notices it before messages fail.
 */
export function TokenBanner() {
  const now = useNow()
  const { data: gateway } = useQuery(orpc.gateway.get.queryOptions())
  // The sandbox needs no token.
  const expiresAt = gateway === undefined || gateway.kind === 'sandbox' ? null : gateway.tokenExpiresAt
  const warning = tokenWarning(expiresAt, now)
  const banner = gateway === undefined || expiresAt === null ? null : { gateway, expiresAt, now }
  return (
    <>
      {/* Rendered before its text: screen readers skip a status that is added together with its text. */}
      <div role="status">{banner !== null && warning === 'expires-soon' ? <SoonBanner {...banner} /> : null}</div>
      {banner !== null && warning === 'expired' ? <ExpiredBanner {...banner} /> : null}
    </>
  )
}

interface TokenBannerProps {
  readonly gateway: GatewaySettings
  readonly expiresAt: string
  readonly now: number
}

function SoonBanner({ gateway, expiresAt, now }: TokenBannerProps) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className={classes.banner} data-tone="quiet">
      <IconKey size={18} aria-hidden="true" />
      <Text size="sm" flex={1}>
        {/* The remaining time changes constantly, so it is not announced. */}
        <strong aria-live="off">{t('token.expiresSoon', { left: format.relative(expiresAt, now) })}</strong>{' '}
        {t('token.expiresSoonAdvice', { at: format.moment(expiresAt) })} <Remedy gateway={gateway} />
      </Text>
    </div>
  )
}

function ExpiredBanner({ gateway, expiresAt }: TokenBannerProps) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className={classes.banner} data-tone="bad" role="alert">
      <IconKey size={18} color="var(--mantine-color-error)" aria-hidden="true" />
      <Text size="sm" flex={1}>
        <strong>{t('token.expired', { at: format.moment(expiresAt) })}</strong> <Remedy gateway={gateway} />
      </Text>
    </div>
  )
}

/** Where to enter a new token. */
function Remedy({ gateway }: Pick<TokenBannerProps, 'gateway'>) {
  const { t } = useTranslation()
  if (gateway.fromEnvironment.includes('token')) return t('token.environment')
  return (
    <Anchor component={Link} to="/settings" size="sm">
      {t('token.settings')}
    </Anchor>
  )
}
