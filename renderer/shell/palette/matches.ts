const fold = (text: string): string => text.toLowerCase().replaceAll('ё', 'е')

/** Whether every word of what was typed stands in a name, in any order and case. */
export function matches(name: string, typed: string): boolean {
  const folded = fold(name)
  return fold(typed)
    .split(/\s+/)
    .every((word) => folded.includes(word))
}
