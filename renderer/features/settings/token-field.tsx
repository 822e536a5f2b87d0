import { Anchor, PasswordInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { GatewaySettings } from '#shared/contract/gateway.ts'
import { useFormat } from '../../components/format.ts'
import { useNow } from '../../components/time.tsx'
import type { GatewayFormState } from './use-gateway-form.ts'

interface TokenFieldProps {
  readonly form: GatewayFormState
  readonly settings: GatewaySettings
  onForgetToken(): void
}

const warningMs = 7 * 24 * 60 * 60 * 1000

/** The gateway's token: it can be entered but is never shown. */
export function TokenField({ form, settings, onForgetToken }: TokenFieldProps) {
  const { t } = useTranslation('settings')
  const isFromEnvironment = settings.fromEnvironment.includes('token')
  return (
    <PasswordInput
      label={t('http.token')}
      description={
        <>
          {isFromEnvironment ? `${t('http.held', { variable: 'HERALD_GATEWAY_TOKEN' })} ` : null}
          <TokenState settings={settings} />
          {settings.hasToken && !isFromEnvironment ? (
            <>
              {' '}
              <Anchor component="button" type="button" size="xs" onClick={onForgetToken}>
                {t('http.forget')}
              </Anchor>
            </>
          ) : null}
        </>
      }
      placeholder={settings.hasToken ? t('http.tokenKept') : t('http.tokenMissing')}
      autoComplete="off"
      readOnly={isFromEnvironment}
      variant={isFromEnvironment ? 'filled' : 'default'}
      visibilityToggleButtonProps={{ 'aria-label': t('http.showToken') }}
      {...form.getInputProps('token')}
    />
  )
}

/** Whether a token is saved and when it expires. */
function TokenState({ settings }: { readonly settings: GatewaySettings }) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const now = useNow()
  if (!settings.hasToken) return t('http.noToken')
  const expiresAt = settings.tokenExpiresAt
  if (expiresAt === null) return t('http.savedNoExpiry')
  const left = new Date(expiresAt).getTime() - now
  const words = { at: format.moment(expiresAt), left: format.relative(expiresAt, now) }
  if (left > warningMs) return t('http.savedUntil', words)
  return (
    <strong style={{ color: left <= 0 ? 'var(--mantine-color-error)' : 'var(--status-warning)' }}>
      {t(left <= 0 ? 'http.expired' : 'http.expiresSoon', words)}
    </strong>
  )
}
