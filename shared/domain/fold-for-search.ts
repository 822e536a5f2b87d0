/** Normalises text for searching: ignores case in every script, and the difference between е and ё. */
export function foldForSearch(text: string): string {
  return text.normalize('NFC').toLowerCase().replaceAll('ё', 'е')
}
