import type { ParseKeys, TFunction } from 'i18next'
import type { Settings } from '#shared/contract/settings.ts'
import { foldForSearch } from '#shared/domain/fold-for-search.ts'
import { languageName, languages } from '../i18n.ts'

/** What a command does. */
export type Effect =
  | { readonly kind: 'go'; readonly to: string }
  | { readonly kind: 'choose'; readonly part: Partial<Settings> }
  | { readonly kind: 'help' }
  | { readonly kind: 'search' }
  | { readonly kind: 'lock' }

/** A command that is available everywhere, by name or by keys. */
export interface Command {
  readonly id: string
  readonly labelKey: ParseKeys<'shell'>
  /** The language in its label, if it has one. */
  readonly language?: string
  readonly group: 'screens' | 'actions' | 'look'
  /** Keys pressed in sequence, by `KeyboardEvent.code`, so that they work in every layout. */
  readonly keys?: readonly string[]
  readonly effect: Effect
}

function go(id: string, labelKey: Command['labelKey'], to: string, ...keys: readonly string[]): Command {
  const effect = { kind: 'go', to } as const
  return { id, labelKey, group: 'screens', effect, ...(keys.length === 0 ? {} : { keys }) }
}

const act = (command: Command): Command => ({ ...command, group: 'actions' })

function look(id: string, labelKey: Command['labelKey'], part: Partial<Settings>): Command {
  return { id, labelKey, group: 'look', effect: { kind: 'choose', part } }
}

/** Every command. The palette, the shortcuts and the help are made from this list. */
export const commands: readonly Command[] = [
  act(go('new-delivery', 'command.newDelivery', '/deliveries/new', 'KeyN')),
  act(go('add-client', 'command.addClient', '/clients?client=new')),
  act(go('import-clients', 'command.importClients', '/clients/import')),
  act(go('add-phones', 'command.addPhones', '/do-not-contact/add')),
  act(go('new-segment', 'command.newSegment', '/segments/new')),
  act(go('period', 'command.period', '/statistics?view=period')),
  act(go('compare', 'command.compare', '/statistics?view=comparison')),
  act(go('log', 'command.log', '/activity?view=log')),
  { id: 'search', labelKey: 'command.search', group: 'actions', keys: ['Slash'], effect: { kind: 'search' } },
  { id: 'lock', labelKey: 'command.lock', group: 'actions', keys: ['KeyG', 'KeyL'], effect: { kind: 'lock' } },
  { id: 'help', labelKey: 'command.help', group: 'actions', keys: ['Shift+Slash'], effect: { kind: 'help' } },
  go('dashboard', 'nav.dashboard', '/', 'KeyG', 'KeyH'),
  go('deliveries', 'nav.deliveries', '/deliveries', 'KeyG', 'KeyD'),
  go('clients', 'nav.clients', '/clients', 'KeyG', 'KeyC'),
  go('segments', 'nav.segments', '/segments', 'KeyG', 'KeyE'),
  go('do-not-contact', 'nav.doNotContact', '/do-not-contact', 'KeyG', 'KeyN'),
  go('statistics', 'nav.statistics', '/statistics', 'KeyG', 'KeyS'),
  go('activity', 'nav.activity', '/activity', 'KeyG', 'KeyA'),
  go('settings', 'nav.settings', '/settings', 'KeyG', 'KeyT'),
  look('theme-light', 'command.themeLight', { theme: 'light' }),
  look('theme-dark', 'command.themeDark', { theme: 'dark' }),
  look('theme-system', 'command.themeSystem', { theme: 'system' }),
  ...languages.map((language) => ({
    ...look(`language-${language}`, 'command.language', { language }),
    language: languageName(language),
  })),
]

/** The available commands: without a passphrase there is no lock command. */
export function commandsFor(hasPassphrase: boolean): readonly Command[] {
  return hasPassphrase ? commands : commands.filter(({ effect }) => effect.kind !== 'lock')
}

/** The label of a command. */
export function commandLabel({ labelKey, language }: Command, t: TFunction<'shell'>): string {
  return t(labelKey, { language })
}

/** The palette's shortcut, as written on this machine's keyboard. */
export const paletteKeys: readonly [string, string] = [/Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl', 'K']

/** The label of a key: `KeyN` is `N`. */
export function keyName(key: string): string {
  if (key === 'Shift+Slash') return '?'
  if (key === 'Slash') return '/'
  return key.replace(/^Key/, '')
}

/** Whether a name contains every word of the query, in any order and case. */
export function matches(name: string, query: string): boolean {
  const folded = foldForSearch(name)
  return foldForSearch(query)
    .split(/\s+/)
    .every((word) => folded.includes(word))
}
