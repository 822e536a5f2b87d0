import * as z from 'zod'
import { failsWith } from '../errors/issue.ts'

const known = new Map<string, string | null>()

/**
 * Returns the canonical spelling of a language tag (BCP 47: `RU-ru` → `ru-RU`), or null if it is not one. Names of
 * languages are refused, although a tag may begin with up to eight letters: every registered language has two or three.
 */
export function canonicalLanguage(tag: string): string | null {
  const cached = known.get(tag)
  if (cached !== undefined) return cached
  const canonical = lookUp(tag)
  if (known.size < 10_000) known.set(tag, canonical)
  return canonical
}

function lookUp(tag: string): string | null {
  try {
    const locale = new Intl.Locale(tag)
    return locale.language.length <= 3 ? locale.toString() : null
  } catch {
    return null
  }
}

/** A language tag, in its canonical spelling. */
export const languageSchema = z
  .string()
  .trim()
  .refine((tag) => canonicalLanguage(tag) !== null, failsWith('language_unknown'))
  .transform((tag) => canonicalLanguage(tag) ?? tag)

/** The same, or an empty text: none. */
export const optionalLanguageSchema = z
  .string()
  .trim()
  .refine((tag) => tag === '' || canonicalLanguage(tag) !== null, failsWith('language_unknown'))
  .transform((tag) => canonicalLanguage(tag) ?? tag)
