import type { Format } from '../../../components/format.ts'

/** The code point of an invisible character, as `U+200B`; null for a visible one. */
export function invisibleCode(character: string): string | null {
  if (!/^[\p{C}\p{Z}\p{M}]$/u.test(character)) return null
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** Whether a character is Cyrillic. */
export function isCyrillic(character: string): boolean {
  return /^\p{Script=Cyrillic}$/u.test(character)
}

/** A client by name, or by phone if there is no name. */
export function clientLabel(
  { name, phone }: { readonly name: string; readonly phone: string },
  format: Format,
): string {
  return name === '' ? format.phone(phone) : name
}
