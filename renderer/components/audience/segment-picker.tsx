import { Button, Group, Popover, Select, TextInput } from '@mantine/core'
import { IconBookmarkPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Filter, isEmptyFilter } from '#shared/domain/filter.ts'
import { describeError } from '../../api/errors.ts'
import { orpc } from '../../api/queries.ts'
import { showDone } from '../notice.ts'
import classes from './filter-sentence.module.css'

interface SegmentPickerProps {
  readonly filter: Filter
  readonly onChange: (filter: Filter) => void
}

/** Loads the filter of a segment, or saves the present filter as a new segment. */
export function SegmentPicker({ filter, onChange }: SegmentPickerProps) {
  const { t } = useTranslation('deliveries')
  const segments = useQuery(orpc.segments.list.queryOptions()).data ?? []
  const same = segments.find((segment) => JSON.stringify(segment.filter) === JSON.stringify(filter))
  return (
    <div className={classes.segments}>
      {segments.length === 0 ? null : (
        <Select
          w={260}
          label={t('segment.choose')}
          placeholder={t('segment.none')}
          searchable
          data={segments.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={same === undefined ? null : String(same.id)}
          onChange={(id) => {
            const chosen = segments.find((segment) => String(segment.id) === id)
            if (chosen !== undefined) onChange(chosen.filter)
          }}
        />
      )}
      {same !== undefined || isEmptyFilter(filter) ? null : <SaveSegment filter={filter} />}
    </div>
  )
}

function SaveSegment({ filter }: { readonly filter: Filter }) {
  const { t } = useTranslation('deliveries')
  const { t: shell } = useTranslation('shell')
  const cache = useQueryClient()
  const [opened, setOpened] = useState(false)
  const [name, setName] = useState('')
  const save = useMutation(
    orpc.segments.create.mutationOptions({
      onSuccess(segment) {
        setOpened(false)
        setName('')
        showDone(t('segment.saved', { name: segment.name }))
        return cache.invalidateQueries({ queryKey: orpc.segments.key() })
      },
    }),
  )
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus position="bottom-start" width={340}>
      <Popover.Target>
        <Button
          variant="subtle"
          leftSection={<IconBookmarkPlus size={16} />}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          {t('segment.save')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Group gap="xs" align="flex-start" wrap="nowrap">
          <TextInput
            flex={1}
            data-autofocus
            aria-label={t('segment.name')}
            placeholder={t('segment.name')}
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={save.error === null ? undefined : describeError(save.error, shell).advice}
          />
          <Button
            disabled={name.trim() === ''}
            loading={save.isPending}
            onClick={() => save.mutate({ name: name.trim(), filter })}
          >
            {shell('actions.save')}
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  )
}
