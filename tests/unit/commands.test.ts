import { describe, expect, test } from 'vitest'
import { commands, commandsFor, keyName, matches } from '../../renderer/shell/commands.ts'
import { press } from '../../renderer/shell/pressed-keys.ts'

/** The command that a sequence of keys runs, or the keys of a started sequence. */
function type(...keys: readonly string[]): string | readonly string[] {
  let begun: readonly string[] = []
  for (const key of keys) {
    const pressed = press(begun, key)
    if ('command' in pressed) return pressed.command.id
    begun = pressed.begun
  }
  return begun
}

describe('the keys of commands', () => {
  test('belong to one command each, and no sequence is the start of another', () => {
    const rows = commands.flatMap(({ keys }) => (keys === undefined ? [] : [keys.join(' ')]))
    for (const row of rows) expect(rows.filter((other) => `${other} `.startsWith(`${row} `))).toEqual([row])
  })

  test('run the command when pressed in sequence', () => {
    expect(type('KeyN')).toBe('new-delivery')
    expect(type('KeyG')).toEqual(['KeyG'])
    expect(type('KeyG', 'KeyC')).toBe('clients')
  })

  test('start again after a key that continues no sequence', () => {
    expect(type('KeyX')).toEqual([])
    expect(type('KeyG', 'KeyX')).toEqual([])
    expect(type('KeyG', 'KeyX', 'KeyN')).toBe('new-delivery')
    expect(type('KeyG', 'KeyG', 'KeyD')).toBe('deliveries')
  })

  test('are shown as labelled on the keyboard', () => {
    expect(['KeyG', 'Slash', 'Shift+Slash'].map(keyName)).toEqual(['G', '/', '?'])
  })
})

test('the lock command needs a passphrase', () => {
  const ids = (has: boolean) => commandsFor(has).map(({ id }) => id)
  expect(ids(true)).toContain('lock')
  expect(ids(true).filter((id) => !ids(false).includes(id))).toEqual(['lock'])
})

test('every command has a unique id', () => {
  expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length)
})

test.each([
  ['Import clients', 'cli imp', true],
  ['Import clients', 'CLIENTS', true],
  ['Import clients', 'client new', false],
  ['Тёмная тема', 'темная', true],
  ['Dark theme', '', true],
])('“%s” matches “%s”: %s', (name, typed, isFound) => {
  expect(matches(name, typed)).toBe(isFound)
})
