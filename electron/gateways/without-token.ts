import type { ReadAnswer } from './http-pool.ts'

/** What is shorter guards nothing, and stands in innocent words. */
const shortestToken = 8

/** Gateways like to repeat what they were asked with: the token must not come to the store or the log in their words. */
export function withoutToken(token: string, read: ReadAnswer): ReadAnswer {
  if (token.length < shortestToken) return read
  const spellings = [...new Set([token, encodeURIComponent(token), JSON.stringify(token).slice(1, -1)])]
  return (answer) => {
    const outcome = read(answer)
    if (!spellings.some((spelling) => answer.body.includes(spelling))) return outcome
    const masked = read({
      ...answer,
      body: spellings.reduce((body, each) => body.replaceAll(each, '<token>'), answer.body),
    })
    // What the gateway has accepted stays accepted, whatever its words are without the token.
    return outcome.kind === 'accepted' && masked.kind !== 'accepted' ? { ...outcome, answer: '' } : masked
  }
}
