import { Anchor, Button, Text } from '@mantine/core'
import { IconAlertTriangle, IconCloudOff, IconDatabaseX, IconPlugConnectedX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Channel } from '#shared/contract/gateway.ts'
import { assertNever } from '#shared/domain/assert-never.ts'
import { useChannel } from '../api/live.ts'
import { orpc } from '../api/queries.ts'
import { translateReason } from '../api/reasons.ts'
import { type Format, useFormat } from '../components/format.ts'
import { useIsPast, useNow } from '../components/time.tsx'
import classes from './banner.module.css'
import { GatewayAnswer } from './gateway-answer.tsx'

interface BannerProps {
  readonly channel: Channel
}

/** Stands above every screen while messages cannot go out, and says whether that needs the operator. */
export function ChannelBanner() {
  const channel = useChannel()
  return (
    <>
      {/* There before its words: a screen reader passes over a status that arrives together with them. */}
      <div role="status">{channel?.status === 'down' ? <DownBanner channel={channel} /> : null}</div>
      {channel === null ? null : <Alarm channel={channel} />}
    </>
  )
}

/** What cannot wait until the operator looks. */
function Alarm({ channel }: BannerProps) {
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

/** The gateway refuses our token: nothing goes out until the operator mends that. */
function StoppedBanner({ channel }: BannerProps) {
  const { t } = useTranslation()
  // What comes of it is told by the stream alone: the answer may arrive after the news that the token is refused again.
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
        {channel.reason === null ? null : <GatewayAnswer words={channel.reason} />}
      </div>
      <Button variant="default" loading={reopen.isPending} onClick={() => reopen.mutate({})}>
        {t('actions.tryAgain')}
      </Button>
    </div>
  )
}

/** The gateway cannot be reached: probes find out when it can again, and nobody needs to do anything. */
function DownBanner({ channel }: BannerProps) {
  const { t } = useTranslation()
  const words = useMoments(channel)
  const isPast = useIsPast(channel.nextProbeAt)
  return (
    <div className={classes.banner} data-tone="quiet">
      <IconCloudOff size={18} aria-hidden="true" />
      <Text size="sm" flex={1}>
        <strong>{t('channel.down', words)}</strong> {/* Every probe moves it: to hear that each time helps nobody. */}
        <span aria-live="off">
          {/* A probe is a message: where none is due, the moment passes and nothing is tried. */}
          {isPast ? t('channel.downAdviceDue') : t('channel.downAdvice', words)}
        </span>
        {channel.reason === null ? null : <Detail words={t('channel.cause', { reason: channel.reason })} />}
      </Text>
    </div>
  )
}

/** Our own sending worker dies again and again. */
function FailingBanner({ channel }: BannerProps) {
  const { t } = useTranslation()
  const words = useMoments(channel)
  const isPast = useIsPast(channel.nextProbeAt)
  return (
    <div className={classes.banner} data-tone="bad" role="alert">
      <IconAlertTriangle size={18} color="var(--mantine-color-error)" aria-hidden="true" />
      <Text size="sm" flex={1}>
        <strong>{t('channel.failing', words)}</strong>{' '}
        <span aria-live="off">
          {t(isPast ? 'channel.failingStarted' : 'channel.failingStarts', words)} {t('channel.failingAdvice')}
        </span>
      </Text>
    </div>
  )
}

/** The store takes nothing: what is wrong is the disk, and only its owner can mend that. */
function BlockedBanner({ channel }: BannerProps) {
  const { t } = useTranslation()
  const { since } = useMoments(channel)
  const { reason } = channel
  return (
    <div className={classes.banner} data-tone="bad" role="alert">
      <IconDatabaseX size={18} color="var(--mantine-color-error)" aria-hidden="true" />
      <Text size="sm" flex={1}>
        <strong>{t('channel.blocked', { since })}</strong>{' '}
        {reason === null ? t('channel.blockedUnknown') : `${translateReason(reason, t)}.`} {t('channel.blockedAdvice')}
      </Text>
    </div>
  )
}

function Detail({ words }: { readonly words: string }) {
  return (
    <Text size="xs" c="dimmed" component="span" display="block">
      {words}
    </Text>
  )
}

/** Since when it has lasted, and when it is tried again. */
function useMoments({ since, nextProbeAt }: Channel): { readonly since: string; readonly at: string } {
  const format = useFormat()
  const now = useNow()
  return {
    since: since === null ? '' : clockOrMoment(format, since, now),
    at: nextProbeAt === null ? '' : format.exactClock(nextProbeAt),
  }
}

/** The time of day says enough of today. */
function clockOrMoment(format: Format, at: string, now: number): string {
  return format.day(at) === format.day(new Date(now)) ? format.clock(at) : format.moment(at)
}
