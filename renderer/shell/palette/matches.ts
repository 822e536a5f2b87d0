import { foldForSearch } from '#shared/domain/fold-for-search.ts'

/** Whether every word of what was typed stands in a name, in any order and case. */
export function matches(name: string, typed: string): boolean {
  const folded = foldForSearch(name)
  return foldForSearch(typed)
    .split(/\s+/)
    .every((word) => folded.includes(word))
}
