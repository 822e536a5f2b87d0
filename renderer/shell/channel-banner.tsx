import { Anchor, Button, Text } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useChannel } from '../api/live.tsx'
import { orpc } from '../api/queries.ts'
import classes from './banner.module.css'
import { GatewayAnswer } from './gateway-answer.tsx'

/** Stands above every screen while the gateway refuses our token: nothing goes out until the operator mends that. */
export function ChannelBanner() {
  const { t } = useTranslation()
  const channel = useChannel()
  // What comes of it is told by the stream alone: the answer may arrive after the news that the token is refused again.
  const reopen = useMutation(orpc.gateway.reopen.mutationOptions())
  if (channel === null || channel.status === 'open') return null
  return (
    <div className={classes.banner} data-tone="bad" role="alert">
      <IconPlugConnectedX size={18} color="var(--mantine-color-error)" aria-hidden="true" />
      <div className={classes.text}>
        <Text size="sm">
          <strong>{t('channel.stopped')}</strong> {t('channel.advice')}{' '}
          <Anchor component={Link} to="/settings" size="sm">
            {t('channel.settings')}
          </Anchor>
        </Text>
        {channel.reason === null ? null : <GatewayAnswer words={channel.reason} />}
      </div>
      <Button variant="default" loading={reopen.isPending} onClick={() => reopen.mutate({})}>
        {t('actions.tryAgain')}
      </Button>
    </div>
  )
}
