import { Anchor, Button, Text } from '@mantine/core'
import { IconAlertTriangle, IconCloudOff, IconDatabaseX, IconPlugConnectedX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Channel } from '#shared/contract/gateway.ts'
import { assertNever } from '#shared/domain/assert-never.ts'
import { translateError } from '../api/error-translations.ts'
import { useChannel } from '../api/live.ts'
import { orpc } from '../api/queries.ts'
import { type Format, useFormat } from '../components/format.ts'
import { useIsPast, useNow } from '../components/time.tsx'
import classes from './banner.module.css'
import { GatewayAnswerNote } from './gateway-answer.tsx'

interface ChannelBannerProps {
  readonly channel: Channel
}

/** Above every screen while messages cannot be sent: the reason, and whether the user must act. */
export function ChannelBanner() {
  const channel = useChannel()
  return (
    <>
      {/* Rendered before its text: screen readers skip a status that is added together with its text. */}
      <div role="status">{channel?.status === 'down' ? <DownBanner channel={channel} /> : null}</div>
      {channel === null ? null : <AlertBanner channel={channel} />}
    </>
  )
}

/** What the user must know at once. */
function AlertBanner({ channel }: ChannelBannerProps) {
  switch (channel.status) {
    case 'open':
    case 'down':
      return null
    case 'stopped':
      return <StoppedBanner channel={channel} />
    case 'failing':
      return <FailingBanner channel={channel} />
    case 'blocked':
      return <BlockedBanner channel={channel} />
    default:
      return assertNever(channel.status)
  }
}

/** The gateway rejects the token: nothing is sent until the user fixes it. */
function StoppedBanner({ channel }: ChannelBannerProps) {
  const { t } = useTranslation()
  // The stream reports the result: the response may arrive after an event that the token was rejected again.
  const reopen = useMutation(orpc.gateway.reopen.mutationOptions())
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
        {channel.reason === null ? null : <GatewayAnswerNote text={channel.reason} />}
      </div>
      <Button variant="default" loading={reopen.isPending} onClick={() => reopen.mutate({})}>
        {t('actions.tryAgain')}
      </Button>
    </div>
  )
}

/** The gateway is unreachable: probes detect when it is back, and the user need not act. */
function DownBanner({ channel }: ChannelBannerProps) {
  const { t } = useTranslation()
  const moments = useMoments(channel)
  const isPast = useIsPast(channel.nextProbeAt)
  return (
    <div className={classes.banner} data-tone="quiet">
      <IconCloudOff size={18} aria-hidden="true" />
      <Text size="sm" flex={1}>
        <strong>{t('channel.down', moments)}</strong> {/* Changes with every probe, so it is not announced. */}
        <span aria-live="off">
          {/* A probe is a message: if none is due, nothing is tried at that moment. */}
          {isPast ? t('channel.downAdviceDue') : t('channel.downAdvice', moments)}
        </span>
        {channel.reason === null ? null : <BannerDetail text={t('channel.cause', { reason: channel.reason })} />}
      </Text>
    </div>
  )
}

/** The sending worker crashes repeatedly. */
function FailingBanner({ channel }: ChannelBannerProps) {
  const { t } = useTranslation()
  const moments = useMoments(channel)
  const isPast = useIsPast(channel.nextProbeAt)
  return (
    <div className={classes.banner} data-tone="bad" role="alert">
      <IconAlertTriangle size={18} color="var(--mantine-color-error)" aria-hidden="true" />
      <Text size="sm" flex={1}>
        <strong>{t('channel.failing', moments)}</strong>{' '}
        <span aria-live="off">
          {t(isPast ? 'channel.failingStarted' : 'channel.failingStarts', moments)} {t('channel.failingAdvice')}
        </span>
      </Text>
    </div>
  )
}

/** The store cannot be written: the disk is the cause, and only the user can fix it. */
function BlockedBanner({ channel }: ChannelBannerProps) {
  const { t } = useTranslation()
  const { since } = useMoments(channel)
  const { error } = channel
  return (
    <div className={classes.banner} data-tone="bad" role="alert">
      <IconDatabaseX size={18} color="var(--mantine-color-error)" aria-hidden="true" />
      <Text size="sm" flex={1}>
        <strong>{t('channel.blocked', { since })}</strong>{' '}
        {error === undefined ? t('channel.blockedUnknown') : `${translateError(error, t)}.`}{' '}
        {t('channel.blockedAdvice')}
      </Text>
    </div>
  )
}

function BannerDetail({ text }: { readonly text: string }) {
  return (
    <Text size="xs" c="dimmed" component="span" display="block">
      {text}
    </Text>
  )
}

/** Since when it lasts, and when it is tried again. */
function useMoments({ since, nextProbeAt }: Channel): { readonly since: string; readonly at: string } {
  const format = useFormat()
  const now = useNow()
  return {
    since: since === null ? '' : clockOrMoment(format, since, now),
    at: nextProbeAt === null ? '' : format.exactClock(nextProbeAt),
  }
}

/** Today's times need no date. */
function clockOrMoment(format: Format, at: string, now: number): string {
  return format.day(at) === format.day(new Date(now)) ? format.clock(at) : format.moment(at)
}
