import i18next, { type BackendModule, type ResourceKey } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Settings } from '#shared/contract/settings.ts'

const files = import.meta.glob<ResourceKey>('./locales/*/*.json', { import: 'default' })

/** The languages of the console, by their tags: each folder in `locales/` is one. */
export const languages: readonly string[] = [...new Set(Object.keys(files).map((path) => path.split('/')[2] ?? ''))]

/** One file per feature in each language's folder. */
export const namespaces = [
  'shell',
  'dashboard',
  'clients',
  'do-not-contact',
  'segments',
  'deliveries',
  'messages',
  'settings',
  'statistics',
  'activity',
  'exports',
  'errors',
] as const

/** The user's choice; `system` follows the machine. */
export type LanguageChoice = Settings['language']

const languageKey = 'herald.language'
/** The name of a language in that language. */
export function languageName(language: string): string {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1)
}

/** The chosen language if the console has it; else the machine's; else English. */
function resolveLanguage(choice: LanguageChoice): string {
  if (languages.includes(choice)) return choice
  const [preferred = ''] = navigator.languages
  const [primary = ''] = preferred.split('-')
  return [preferred, primary.toLowerCase()].find((tag) => languages.includes(tag)) ?? 'en'
}

/** Loads the texts of the shell; each screen's texts load with the screen. */
export async function startTranslations(): Promise<void> {
  await i18next
    .use({
      type: 'backend' as const,
      callbackApi: true,
      init() {},
      read(language, namespace, callback) {
        readTexts(language, namespace).then(
          (words) => callback(null, words),
          (error: Error) => callback(error, null),
        )
      },
    } satisfies BackendModule)
    .use(initReactI18next)
    .init({
      lng: resolveLanguage(storedChoice()),
      supportedLngs: languages,
      fallbackLng: false,
      ns: ['shell', 'errors'],
      defaultNS: 'shell',
      interpolation: { escapeValue: false },
    })
  document.documentElement.lang = i18next.language
}

/** Switches the console's language and stores it, so that the next start does not wait for the engine. */
export async function applyLanguage(choice: LanguageChoice): Promise<void> {
  localStorage.setItem(languageKey, choice)
  const language = resolveLanguage(choice)
  if (language !== i18next.language) await i18next.changeLanguage(language)
  document.documentElement.lang = language
}

async function readTexts(language: string, namespace: string): Promise<ResourceKey> {
  const load = files[`./locales/${language}/${namespace}.json`]
  if (load === undefined) throw new Error(`no locale file for ${language}/${namespace}`)
  return load()
}

function storedChoice(): LanguageChoice {
  return localStorage.getItem(languageKey) ?? 'system'
}
