/** Characters allowed between the digits of a phone, plain or percent-encoded. */
const between = '(?:[\\s().\\-‐-―]|%2[0-9A-F])*'

/** A phone in any spelling, also inside longer text. Its first and last digits are kept. */
const phones = new RegExp(
  `(?<!\\d)([78]${between}\\d{3}|9\\d{2})${between}\\d{3}${between}\\d{2}${between}(\\d{2})(?!\\d)`,
  'gi',
)

/** Masks tokens and the middle digits of phones, which must not be written to files. */
export function mask(text: string): string {
  return text
    .replace(phones, '$1*****$2')
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '<token>')
    .replace(/Bearer\s+[^\s"\\]+/gi, 'Bearer <token>')
}
