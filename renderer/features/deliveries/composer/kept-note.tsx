import { Button, Group } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../components/format.ts'
import { Note } from '../../../components/note.tsx'

/** What stands here was written before, and how to begin anew. */
export function KeptNote({ at, onDiscard }: { readonly at: number; onDiscard(): void }) {
  const { t } = useTranslation('deliveries')
  const format = useFormat()
  return (
    <Note tone="neutral" icon={IconHistory} title={t('composer.kept.title')} role="status">
      <Group gap="sm">
        {t('composer.kept.text', { moment: format.moment(new Date(at)) })}
        <Button variant="default" size="compact-sm" onClick={onDiscard}>
          {t('composer.kept.discard')}
        </Button>
      </Group>
    </Note>
  )
}
