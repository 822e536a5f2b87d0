import { Alert, Button, Group, Text } from '@mantine/core'
import { IconAlertTriangle, IconDatabaseExport } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { translateError } from '../../../api/error-translations.ts'
import { orpc } from '../../../api/queries.ts'
import { useFormat } from '../../../components/format.ts'
import { showDone } from '../../../components/notice.ts'
import { Section } from '../../../components/section.tsx'
import { QueryState } from '../../../components/states.tsx'
import { BackupTable } from './backup-table.tsx'
import { PolicyFields } from './policy-fields.tsx'

/** The backups of the store: list, make, retention, restore. */
export function BackupsSection() {
  const { t } = useTranslation('settings')
  const { t: shell } = useTranslation('shell')
  const format = useFormat()
  const cache = useQueryClient()
  const query = useQuery(orpc.backups.list.queryOptions())
  const { data } = query
  const make = useMutation(
    orpc.backups.make.mutationOptions({
      onSuccess: ({ bytes }) => showDone(t('backups.made', { size: format.bytes(bytes) })),
      onSettled: () => cache.invalidateQueries({ queryKey: orpc.backups.key() }),
    }),
  )
  return (
    <Section title={t('backups.title')} hint={t('backups.hint')} look="group">
      {data === undefined ? (
        <QueryState query={query} lines={4} />
      ) : (
        <>
          {data.problem === null ? null : (
            <Alert color="red" variant="light" icon={<IconAlertTriangle />} title={t('backups.problem')} mb="md">
              {t('backups.problemAt', {
                moment: format.moment(data.problem.at),
                reason: translateError(data.problem.error, shell),
              })}
            </Alert>
          )}
          {data.items.length === 0 ? (
            <Text c="dimmed" mb="md">
              {t('backups.none')}
            </Text>
          ) : (
            <BackupTable backups={data.items} />
          )}
          <Group align="flex-end" justify="space-between" gap="md">
            <PolicyFields policy={data.policy} />
            <Button
              variant="default"
              leftSection={<IconDatabaseExport size={16} aria-hidden="true" />}
              loading={make.isPending}
              onClick={() => make.mutate(undefined)}
            >
              {t('backups.make')}
            </Button>
          </Group>
        </>
      )}
    </Section>
  )
}
