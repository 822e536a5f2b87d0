import type { Format } from '../../../components/format.ts'

/** The code point of a character that cannot be seen, as `U+200B`; null for one that can. */
export function invisibleCode(character: string): string | null {
  if (!/^[\p{C}\p{Z}\p{M}]$/u.test(character)) return null
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** Whether a character belongs to the Cyrillic script. */
export function isCyrillic(character: string): boolean {
  return /^\p{Script=Cyrillic}$/u.test(character)
}

/** Whose text it is: by name, or by phone where there is none. */
export function clientLabel(
  { name, phone }: { readonly name: string; readonly phone: string },
  format: Format,
): string {
  return name === '' ? format.phone(phone) : name
}
