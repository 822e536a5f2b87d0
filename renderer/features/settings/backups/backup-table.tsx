import { Button, Group, Table, VisuallyHidden } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Backup } from '#shared/contract/backups.ts'
import { useFormat } from '../../../components/format.ts'
import { IconButton } from '../../../components/icon-button.tsx'
import { ShortTime } from '../../../components/time.tsx'
import { useBackupActions } from './use-backup-actions.ts'

/** A higher table would push everything else out of the window. */
const seenAtOnce = 280

/** Every backup, the newest first, with buttons to restore and delete it. */
export function BackupTable({ backups }: { readonly backups: readonly Backup[] }) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const { restore, remove, busy } = useBackupActions()
  return (
    <Table.ScrollContainer minWidth={480} maxHeight={seenAtOnce} mb="md" scrollAreaProps={{ type: 'auto' }}>
      <Table stickyHeader verticalSpacing={4} aria-label={t('backups.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('backups.columns.at')}</Table.Th>
            <Table.Th scope="col">{t('backups.columns.kind')}</Table.Th>
            <Table.Th scope="col" ta="end">
              {t('backups.columns.bytes')}
            </Table.Th>
            <Table.Th scope="col">
              <VisuallyHidden>{t('backups.columns.actions')}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {backups.map((backup) => {
            const moment = format.moment(backup.at)
            return (
              <Table.Tr key={backup.name}>
                <Table.Td>
                  <ShortTime at={backup.at} />
                </Table.Td>
                <Table.Td>{t(`backups.kind.${backup.kind}`)}</Table.Td>
                <Table.Td ta="end">{format.bytes(backup.bytes)}</Table.Td>
                <Table.Td>
                  <Group gap={4} justify="flex-end" wrap="nowrap">
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      loading={busy === backup.name}
                      aria-label={t('backups.restore.label', { moment })}
                      onClick={() => void restore(backup)}
                    >
                      {t('backups.restore.button')}
                    </Button>
                    <IconButton
                      icon={IconTrash}
                      color="gray"
                      tooltip={t('backups.delete.button')}
                      label={t('backups.delete.label', { moment })}
                      onClick={() => void remove(backup)}
                    />
                  </Group>
                </Table.Td>
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
