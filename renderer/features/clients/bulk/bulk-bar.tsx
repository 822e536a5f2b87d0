import { Button, Group, Popover, Progress, TagsInput, Text } from '@mantine/core'
import { IconBell, IconBellOff, IconTagMinus, IconTagPlus, IconTrash, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ComponentType, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BulkChange, Selection } from '#shared/contract/bulk-changes.ts'
import { orpc } from '../../../api/queries.ts'
import { useConfirm } from '../../../components/confirm.tsx'
import { ExportMenu } from '../../../components/exports/export-menu.tsx'
import { useFormat } from '../../../components/format.ts'
import classes from '../clients.module.css'
import { type BulkRun, cancelBulkChange, startBulkChange, useBulkRun } from './bulk-run.ts'

interface BulkBarProps {
  readonly selection: Selection | null
  /** The number of selected clients. */
  readonly count: number
  readonly isExact: boolean
  onClear(): void
}

/** Actions for the selected clients; the progress while a bulk change runs. */
export function BulkBar({ selection, count, isExact, onClear }: BulkBarProps) {
  const { t } = useTranslation('clients')
  const run = useBulkRun()
  const change = useBulkAction(selection, count, onClear)
  if (run !== null) return <BulkProgress run={run} />
  if (selection === null) return null
  return (
    <div className={classes.bulk} role="toolbar" aria-label={t('bulk.label')}>
      <Text size="sm" fw={500} aria-live="polite">
        {t(isExact ? 'bulk.selected' : 'bulk.selectedMore', { count })}
      </Text>
      <TagChange kind="addTags" icon={IconTagPlus} onApply={change} />
      <TagChange kind="removeTags" icon={IconTagMinus} onApply={change} />
      <BulkButton icon={IconBellOff} label={t('bulk.optOut')} onClick={() => change({ kind: 'optOut' })} />
      <BulkButton icon={IconBell} label={t('bulk.optIn')} onClick={() => change({ kind: 'optIn' })} />
      <ExportMenu subject={{ kind: 'clients', selection }} name={t('title')} label={t('bulk.export')} />
      <BulkButton icon={IconTrash} label={t('bulk.delete')} onClick={() => change({ kind: 'delete' })} />
      <BulkButton icon={IconX} label={t('bulk.clear')} onClick={onClear} />
    </div>
  )
}

/** Makes the change, after a confirmation if it cannot be undone by one click. */
function useBulkAction(selection: Selection | null, count: number, onDone: () => void) {
  const { t } = useTranslation('clients')
  const confirm = useConfirm()
  return async (change: BulkChange) => {
    if (selection === null) return
    const { kind } = change
    if (kind === 'delete' || kind === 'optOut') {
      const confirmed = await confirm({
        title: t(`bulk.ask.${kind}.title`, { count }),
        consequence: t(`bulk.ask.${kind}.consequence`),
        action: t(`bulk.ask.${kind}.action`, { count }),
        danger: kind === 'delete',
      })
      if (!confirmed) return
    }
    void startBulkChange(selection, change)
    onDone()
  }
}

interface BulkButtonProps {
  readonly icon: ComponentType<{ readonly size: number }>
  readonly label: string
  onClick(): void
}

function BulkButton({ icon: Icon, label, onClick }: BulkButtonProps) {
  return (
    <Button variant="subtle" size="compact-sm" leftSection={<Icon size={15} />} onClick={onClick}>
      {label}
    </Button>
  )
}

interface TagChangeProps {
  readonly kind: 'addTags' | 'removeTags'
  readonly icon: BulkButtonProps['icon']
  onApply(change: BulkChange): void
}

/** Asks for the tags to add or remove. */
function TagChange({ kind, icon, onApply }: TagChangeProps) {
  const { t } = useTranslation('clients')
  const [opened, setOpened] = useState(false)
  const [tags, setTags] = useState<string[]>([])
  const facets = useQuery({ ...orpc.clients.facets.queryOptions(), enabled: opened }).data
  function apply() {
    setOpened(false)
    setTags([])
    onApply({ kind, tags })
  }
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus position="bottom-start" width={360}>
      <Popover.Target>
        <span>
          <BulkButton icon={icon} label={t(`bulk.${kind}`)} onClick={() => setOpened(!opened)} />
        </span>
      </Popover.Target>
      <Popover.Dropdown>
        {/* Beside the tags, not below, where their dropdown would cover it. */}
        <Group gap="xs" align="flex-end" wrap="nowrap">
          <TagsInput
            data-autofocus
            className={classes.bulkTags ?? ''}
            label={t('fields.tags')}
            description={t('form.tagsHint')}
            data={facets?.tags.map((tag) => tag.value) ?? []}
            limit={50}
            maxTags={100}
            value={tags}
            onChange={setTags}
            comboboxProps={{ withinPortal: false }}
          />
          <Button disabled={tags.length === 0} onClick={apply}>
            {t(`bulk.apply.${kind}`)}
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  )
}

function BulkProgress({ run }: { readonly run: BulkRun }) {
  const { t } = useTranslation(['clients', 'shell'])
  const format = useFormat()
  const percent = format.percent(Math.floor(run.share * 100) / 100)
  return (
    <div className={classes.bulk}>
      <Text size="sm" aria-live="polite">
        {t(`bulk.running.${run.kind}`)} {percent}
      </Text>
      <Progress className={classes.bulkProgress ?? ''} value={run.share * 100} aria-label={t('bulk.progress')} />
      <Button variant="subtle" size="compact-sm" onClick={cancelBulkChange}>
        {t('bulk.stop')}
      </Button>
    </div>
  )
}
