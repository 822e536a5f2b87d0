/** What may stand between the digits of a phone; in an address it is written with percent signs. */
const between = '(?:[\\s().\\-‐-―]|%2[0-9A-F])*'

/** A phone in any spelling that we would take for one, as part of something longer too; the first and last digits are kept. */
const phones = new RegExp(
  `(?<!\\d)([78]${between}\\d{3}|9\\d{2})${between}\\d{3}${between}\\d{2}${between}(\\d{2})(?!\\d)`,
  'gi',
)

/** Hides what must not stand in a file: tokens, and the middle of phones. */
export function mask(text: string): string {
  return text
    .replace(phones, '$1*****$2')
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '<token>')
    .replace(/Bearer\s+[^\s"\\]+/gi, 'Bearer <token>')
}
