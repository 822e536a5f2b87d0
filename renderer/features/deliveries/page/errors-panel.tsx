import { Group, Text } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { DetailStatistics } from '#shared/contract/statistics.ts'
import { Section } from '../../../components/section.tsx'
import classes from './errors-panel.module.css'

/** The errors, the most frequent first, with a remedy for each. */
export function ErrorsPanel({ errors }: { readonly errors: DetailStatistics['errors'] }) {
  const { t } = useTranslation(['deliveries', 'messages'])
  const frequentFirst = [...errors].sort((one, other) => other.count - one.count)
  return (
    <Section title={t('deliveries:errors.title')}>
      {errors.length === 0 ? (
        <Group gap={6}>
          <IconCircleCheck size={16} color="var(--status-good)" aria-hidden="true" />
          <Text size="sm" c="dimmed">
            {t('deliveries:errors.none')}
          </Text>
        </Group>
      ) : (
        <>
          <Text size="xs" c="dimmed" mb="xs">
            {t('deliveries:errors.subtitle')}
          </Text>
          <ul className={classes.list}>
            {frequentFirst.map(({ code, count }) => (
              <li key={code}>
                <Group justify="space-between" wrap="nowrap" gap="sm">
                  <Text size="sm" fw={600}>
                    {t(`messages:error.${code}`)}
                  </Text>
                  <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
                    {t('deliveries:errors.attempts', { count })}
                  </Text>
                </Group>
                <Text size="xs" c="dimmed">
                  {t(`messages:remedy.${code}`)}
                </Text>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  )
}
