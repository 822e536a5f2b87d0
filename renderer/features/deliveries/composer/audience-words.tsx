import { Anchor, Group, Loader, Text } from '@mantine/core'
import { IconUsers, IconUsersMinus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type Filter, meansEverybody } from '#shared/domain/filter.ts'
import { describeError } from '../../../api/errors.ts'
import classes from './audience-words.module.css'
import type { AudienceCount } from './use-audience.ts'

/** The count of the audience in words, said aloud when it changes. */
export function AudienceWords({ filter, count }: { readonly filter: Filter; readonly count: AudienceCount }) {
  const { t } = useTranslation('deliveries')
  const { t: shell } = useTranslation('shell')
  const { audience, isCounting, error } = count
  if (error !== null && audience === null) {
    return (
      <Text size="sm" c="red">
        {describeError(error, shell).title}
      </Text>
    )
  }
  const everybody = meansEverybody(filter)
  const nobody = audience?.clients === 0
  const directoryEmpty = everybody && nobody && audience.optedOut === 0
  return (
    <div className={classes.words} role="status" data-empty={nobody || undefined} aria-busy={isCounting}>
      {nobody ? <IconUsersMinus size={18} aria-hidden="true" /> : <IconUsers size={18} aria-hidden="true" />}
      <div>
        <Group gap="xs" wrap="nowrap">
          <Text size="sm" fw={600}>
            {audience === null
              ? t('composer.audience.counting')
              : directoryEmpty
                ? t('composer.audience.directoryEmpty')
                : t(everybody && !nobody ? 'composer.audience.everybody' : 'composer.audience.selected', {
                    count: audience.clients,
                  })}
          </Text>
          {isCounting && audience !== null ? <Loader size={12} aria-label={t('composer.audience.counting')} /> : null}
          {directoryEmpty ? (
            <Anchor component={Link} to="/clients" size="sm">
              {t('list.empty.toClients')}
            </Anchor>
          ) : null}
        </Group>
        {audience !== null && audience.optedOut > 0 ? (
          <Text size="sm">{t('composer.audience.optedOut', { count: audience.optedOut })}</Text>
        ) : null}
        <Text size="xs" c="dimmed">
          {t('composer.audience.fixedAtStart')}
        </Text>
      </div>
    </div>
  )
}
