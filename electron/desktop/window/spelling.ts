import type { Electron } from '../electron-api.ts'

/**
 * Turns the spell check on or off. macOS checks on its own. Elsewhere Chromium downloads a dictionary for each language
 * from Google's servers, so the check is on only if the user chose it.
 * https://www.electronjs.org/docs/latest/tutorial/spellchecker
 */
export function checkSpelling(
  { session: { defaultSession: session } }: Pick<Electron, 'session'>,
  platform: NodeJS.Platform,
  isWanted: boolean,
  languages: readonly string[],
): void {
  const isBuiltIn = platform === 'darwin'
  session.setSpellCheckerEnabled(isBuiltIn || isWanted)
  if (isBuiltIn || !isWanted) return
  const available = session.availableSpellCheckerLanguages
  const chosen = languages.flatMap((wanted) => {
    const exact = available.find((each) => each === wanted)
    return exact ?? available.find((each) => each.split('-')[0] === wanted.split('-')[0]) ?? []
  })
  session.setSpellCheckerLanguages([...new Set(chosen)])
}
