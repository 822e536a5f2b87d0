import '@mantine/spotlight/styles.layer.css'
import { Kbd, Text } from '@mantine/core'
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLock } from '../../api/lock.ts'
import { type Command, commandLabel, commandsFor, keyName, matches } from '../commands.ts'
import { type ResultGroup, useSearchResults } from './use-search-results.tsx'

const [store, palette] = createSpotlight()
const commandGroups = ['actions', 'screens', 'look'] as const

interface PaletteProps {
  /** The palette opens whenever this increases. */
  readonly times: number
  onRun(command: Command): void
}

/** Finds every command, delivery, segment and client by a part of its name. */
export function Palette({ times, onRun }: PaletteProps) {
  const { t } = useTranslation()
  const commands = commandsFor(useLock()?.hasPassphrase === true)
  const [query, setQuery] = useState('')
  const { groups: objects, isLooking } = useSearchResults(query)
  useEffect(() => {
    if (times > 0) palette.open()
  }, [times])

  const found: readonly ResultGroup[] = [
    ...objects,
    ...commandGroups.map((group) => ({
      label: t(`palette.groups.${group}`),
      items: commands
        .filter((command) => command.group === group && matches(commandLabel(command, t), query))
        .map((command) => ({
          id: command.id,
          label: commandLabel(command, t),
          keys: command.keys,
          run: () => onRun(command),
        })),
    })),
  ].filter(({ items }) => items.length > 0)

  // Results from the engine arrive after the typing: select the first line again.
  const shown = found.flatMap(({ items }) => items.map(({ id }) => id)).join()
  useEffect(() => {
    if (shown !== '' && query !== '') chooseFirst()
  }, [shown, query])

  return (
    <Spotlight.Root
      store={store}
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      scrollable
      maxHeight={420}
      attributes={{ content: { 'aria-label': t('palette.open') } }}
    >
      <Spotlight.Search
        aria-label={t('palette.open')}
        placeholder={t('palette.placeholder')}
        leftSection={<IconSearch size={18} aria-hidden="true" />}
      />
      <Spotlight.ActionsList>
        {found.map(({ label, items }) => (
          <Spotlight.ActionsGroup key={label} label={label}>
            {items.map(({ id, label: name, description, icon, keys, run }) => (
              <Spotlight.Action
                key={id}
                label={name}
                {...(description === undefined ? {} : { description })}
                leftSection={icon}
                rightSection={keys?.map((key) => (
                  <Kbd key={key} size="xs" ml={4}>
                    {keyName(key)}
                  </Kbd>
                ))}
                onClick={run}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {found.length > 0 || isLooking ? null : (
          <Text c="dimmed" ta="center" py="md" role="status">
            {t('palette.nothing')}
          </Text>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

/**
 * Spotlight selects the first line only while the user types, and marks it by this attribute. There is no API to select
 * it later.
 */
function chooseFirst(): void {
  const list = document.getElementById(store.getState().listId)
  list?.querySelector('[data-selected]')?.removeAttribute('data-selected')
  list?.querySelector('[data-action]')?.setAttribute('data-selected', 'true')
  store.updateState((state) => ({ ...state, selected: 0 }))
}
