import { type Command, commands } from './commands.ts'

/** The result of the keys pressed so far. */
export type Pressed = { readonly command: Command } | { readonly begun: readonly string[] }

const nothing: Pressed = { begun: [] }

/** The result of one more key after the keys of a started sequence. */
export function press(begun: readonly string[], key: string): Pressed {
  const keys = [...begun, key]
  const command = commands.find((each) => each.keys !== undefined && sameKeys(each.keys, keys))
  if (command !== undefined) return { command }
  const goesOn = commands.some((each) => each.keys !== undefined && sameKeys(each.keys.slice(0, keys.length), keys))
  if (goesOn) return { begun: keys }
  // A key that does not continue a sequence may start another.
  return begun.length === 0 ? nothing : press([], key)
}

function sameKeys(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, place) => key === b[place])
}
