import { ActionIcon, Checkbox, Popover, ScrollArea, Stack, Tooltip } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconColumns3 } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Client } from '#shared/contract/clients.ts'
import type { TableColumn } from '../../components/table/table-props.ts'

/** The phone identifies a client and is always shown. */
const identifyingColumn = 'phone'
const defaultColumns = ['name', 'tags', 'operatorCode', 'timeZone', 'optedOutAt', 'createdAt']

export interface VisibleColumns {
  /** The columns that can be hidden, in order. */
  readonly all: readonly TableColumn<Client>[]
  readonly shown: readonly string[]
  choose(shown: string[]): void
}

/** Which columns the list shows, stored on this machine. */
export function useVisibleColumns(columns: readonly TableColumn<Client>[]) {
  const [shown, choose] = useLocalStorage<string[]>({
    key: 'herald.clientColumns',
    defaultValue: defaultColumns,
    getInitialValueInEffect: false,
    deserialize: readChoice,
  })
  const choice: VisibleColumns = { all: columns.filter((column) => column.key !== identifyingColumn), shown, choose }
  const visible = useMemo(
    () => columns.filter((column) => column.key === identifyingColumn || shown.includes(column.key)),
    [columns, shown],
  )
  return { visible, choice }
}

/** The stored text may come from another version, or be damaged. */
function readChoice(text: string | undefined): string[] {
  try {
    const read: unknown = JSON.parse(text ?? '')
    if (Array.isArray(read)) return read.filter((each) => typeof each === 'string')
  } catch {
    // Nothing is stored yet.
  }
  return defaultColumns
}

/** The button that opens the choice of columns. */
export function ColumnMenu({ choice }: { readonly choice: VisibleColumns }) {
  const { t } = useTranslation('clients')
  const [opened, setOpened] = useState(false)
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus>
      <Popover.Target>
        <Tooltip label={t('columns')}>
          <ActionIcon
            variant="default"
            size={30}
            ml="auto"
            aria-label={t('columns')}
            aria-expanded={opened}
            onClick={() => setOpened(!opened)}
          >
            <IconColumns3 size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <ScrollArea.Autosize mah={360}>
          <Checkbox.Group value={[...choice.shown]} onChange={choice.choose}>
            <Stack gap="xs">
              {choice.all.map((column) => (
                <Checkbox key={column.key} size="xs" value={column.key} label={column.title} />
              ))}
            </Stack>
          </Checkbox.Group>
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  )
}
