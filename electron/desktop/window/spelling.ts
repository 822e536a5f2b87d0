import type { Session } from 'electron'

export type SpellingSession = Pick<
  Session,
  | 'addWordToSpellCheckerDictionary'
  | 'availableSpellCheckerLanguages'
  | 'setSpellCheckerEnabled'
  | 'setSpellCheckerLanguages'
>

/**
 * Turns the check of spelling on or off. macOS checks by itself and asks nobody; elsewhere Chromium fetches a dictionary for each
 * language once, from Google's servers, so that it is on there only where the operator chose it.
 * https://www.electronjs.org/docs/latest/tutorial/spellchecker
 */
export function checkSpelling(
  session: SpellingSession,
  platform: NodeJS.Platform,
  isWanted: boolean,
  languages: readonly string[],
): void {
  const isOwn = platform === 'darwin'
  session.setSpellCheckerEnabled(isOwn || isWanted)
  if (isOwn || !isWanted) return
  const known = session.availableSpellCheckerLanguages
  const chosen = languages.flatMap((wanted) => {
    const exact = known.find((each) => each === wanted)
    return exact ?? known.find((each) => each.split('-')[0] === wanted.split('-')[0]) ?? []
  })
  session.setSpellCheckerLanguages([...new Set(chosen)])
}
