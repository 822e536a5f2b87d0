import i18next, { type BackendModule, type ResourceKey } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Settings } from '#shared/contract/settings.ts'

const files = import.meta.glob<ResourceKey>('./locales/*/*.json', { import: 'default' })

/** The languages the console speaks, by their tags: one folder in `locales/` each, and nothing else to be told. */
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
] as const

/** What the operator chose; `system` follows the machine. */
export type LanguageChoice = Settings['language']

const remembered = 'herald.language'
/** What a language calls itself. */
export function languageName(language: string): string {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1)
}

/** The machine's language where the console speaks it, English otherwise. */
function resolveLanguage(choice: LanguageChoice): string {
  if (languages.includes(choice)) return choice
  const [wanted = ''] = navigator.languages
  const [primary = ''] = wanted.split('-')
  return [wanted, primary.toLowerCase()].find((tag) => languages.includes(tag)) ?? 'en'
}

/** Readies the words of the shell; a screen's own words arrive with the screen. */
export async function startTranslations(): Promise<void> {
  await i18next
    .use({
      type: 'backend' as const,
      callbackApi: true,
      init() {},
      read(language, namespace, callback) {
        readWords(language, namespace).then(
          (words) => callback(null, words),
          (error: Error) => callback(error, null),
        )
      },
    } satisfies BackendModule)
    .use(initReactI18next)
    .init({
      lng: resolveLanguage(recallChoice()),
      supportedLngs: languages,
      fallbackLng: false,
      ns: ['shell'],
      defaultNS: 'shell',
      interpolation: { escapeValue: false },
    })
  document.documentElement.lang = i18next.language
}

/** Switches the console's language and remembers it, so that the next start needs no answer from the engine first. */
export async function chooseLanguage(choice: LanguageChoice): Promise<void> {
  localStorage.setItem(remembered, choice)
  const language = resolveLanguage(choice)
  if (language !== i18next.language) await i18next.changeLanguage(language)
  document.documentElement.lang = language
}

async function readWords(language: string, namespace: string): Promise<ResourceKey> {
  const load = files[`./locales/${language}/${namespace}.json`]
  if (load === undefined) throw new Error(`no locale file for ${language}/${namespace}`)
  return load()
}

function recallChoice(): LanguageChoice {
  return localStorage.getItem(remembered) ?? 'system'
}
