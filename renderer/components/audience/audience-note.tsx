import { Anchor, Group, Loader, Text } from '@mantine/core'
import { IconUsers, IconUsersMinus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type Filter, isEmptyFilter } from '#shared/domain/filter.ts'
import { describeError } from '../../api/errors.ts'
import { Note } from '../note.tsx'
import type { Audience, AudienceCount } from './use-audience.ts'

/** How many clients the audience has. Screen readers announce it when it changes. */
export function AudienceNote({ filter, count }: { readonly filter: Filter; readonly count: AudienceCount }) {
  const { t } = useTranslation('deliveries')
  const { t: shell } = useTranslation('shell')
  const { audience, isCounting, error } = count
  if (audience === null && error !== null) {
    const problem = describeError(error, shell)
    return (
      <Note tone="bad" icon={IconUsersMinus} title={problem.title} role="alert">
        {problem.advice}
      </Note>
    )
  }
  const isNobody = audience?.clients === 0
  const words = audience === null ? ('counting' as const) : wordsFor(filter, audience)
  return (
    <Note
      tone={isNobody ? 'warning' : 'accent'}
      icon={isNobody ? IconUsersMinus : IconUsers}
      role="status"
      title={
        <Group gap="xs" wrap="nowrap">
          <span>{t(`composer.audience.${words}`, { count: audience?.clients ?? 0 })}</span>
          {isCounting && audience !== null ? <Loader size={12} aria-label={t('composer.audience.counting')} /> : null}
          {words === 'directoryEmpty' ? (
            <Anchor component={Link} to="/clients" size="sm">
              {t('list.empty.toClients')}
            </Anchor>
          ) : null}
        </Group>
      }
    >
      {audience !== null && audience.optedOut > 0 ? (
        <div>{t('composer.audience.optedOut', { count: audience.optedOut })}</div>
      ) : null}
      <Text size="xs" c="dimmed">
        {t('composer.audience.fixedAtStart')}
      </Text>
    </Note>
  )
}

function wordsFor(filter: Filter, { clients, optedOut }: Audience): 'everybody' | 'selected' | 'directoryEmpty' {
  if (!isEmptyFilter(filter)) return 'selected'
  if (clients > 0) return 'everybody'
  return optedOut === 0 ? 'directoryEmpty' : 'selected'
}
