/** Letters as a search compares them: case does not matter in any script, nor does the difference of е and ё. */
export function foldForSearch(text: string): string {
  return text.normalize('NFC').toLowerCase().replaceAll('ё', 'е')
}
