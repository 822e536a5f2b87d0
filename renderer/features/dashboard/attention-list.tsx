import { Text } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconHelpCircle,
  IconKey,
  IconPlayerPause,
  IconPlugConnectedX,
  type IconProps,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { assertNever } from '#shared/domain/assert-never.ts'
import type { Attention } from './attention.ts'
import classes from './dashboard.module.css'
import { ShortList } from './short-list.tsx'

/** What needs the user's attention; each line links to where it can be fixed. */
export function AttentionList({ all }: { readonly all: readonly Attention[] }) {
  const { t } = useTranslation('dashboard')
  if (all.length === 0) {
    return (
      <Text c="dimmed" className={classes.nothing ?? ''}>
        <IconCircleCheck size={16} aria-hidden="true" />
        {t('attention.none')}
      </Text>
    )
  }
  return (
    <ShortList items={all} keyOf={(each) => ('id' in each ? `${each.kind}-${each.id}` : each.kind)}>
      {(each) => <Line attention={each} />}
    </ShortList>
  )
}

function Line({ attention }: { readonly attention: Attention }) {
  const { t } = useTranslation('dashboard')
  switch (attention.kind) {
    case 'channel':
      return <LinkLine to="/settings" icon={IconPlugConnectedX} title={t(`attention.channel.${attention.status}`)} />
    case 'token':
      return <LinkLine to="/settings" icon={IconKey} title={t(`attention.token.${attention.warning}`)} />
    case 'uncertain':
    case 'failed': {
      const { kind, id, name, count } = attention
      return (
        <LinkLine
          to={`/deliveries/${id}?status=${kind}`}
          icon={kind === 'failed' ? IconAlertTriangle : IconHelpCircle}
          title={name}
          detail={t(`attention.${kind}`, { count })}
        />
      )
    }
    case 'paused': {
      const { id, name, count } = attention
      return (
        <LinkLine
          to={`/deliveries/${id}`}
          icon={IconPlayerPause}
          title={name}
          detail={t('attention.paused', { count })}
        />
      )
    }
    default:
      return assertNever(attention)
  }
}

interface LinkLineProps {
  readonly to: string
  readonly icon: ComponentType<IconProps>
  readonly title: string
  readonly detail?: string
}

function LinkLine({ to, icon: Icon, title, detail }: LinkLineProps) {
  return (
    <Link to={to} className={classes.line}>
      <Icon size={16} className={classes.warning ?? ''} aria-hidden="true" />
      <span className={classes.name} title={title}>
        {title}
      </span>
      {detail === undefined ? null : <span className={classes.aside}>{detail}</span>}
    </Link>
  )
}
