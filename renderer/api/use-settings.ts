import { useMantineColorScheme } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '#shared/contract/settings.ts'
import { chooseLanguage, languageName, languages } from '../i18n.ts'
import { orpc } from './queries.ts'

/** What the operator chose for the console, and how to choose otherwise; null until the engine has told. */
export function useSettings(): { readonly choices: Settings | null; choose(part: Partial<Settings>): void } {
  const cache = useQueryClient()
  const { data } = useQuery(orpc.settings.get.queryOptions())
  const update = useMutation(
    orpc.settings.update.mutationOptions({
      // A switch that waits for an answer feels broken; the answer puts right what was refused.
      onMutate: (part) => {
        cache.setQueryData(orpc.settings.get.queryKey(), (old) => old && merge(old, part))
      },
      onSuccess(settings) {
        // Of two choices made quickly the answer to the first knows nothing of the second.
        const isLast = cache.isMutating({ mutationKey: orpc.settings.update.mutationKey() }) <= 1
        if (isLast) cache.setQueryData(orpc.settings.get.queryKey(), settings)
      },
      onError: () => cache.invalidateQueries({ queryKey: orpc.settings.get.key() }),
    }),
  )
  return { choices: data ?? null, choose: (part) => update.mutate(part) }
}

/** Every answer to which language the console should speak, each by its own name. */
export function useLanguageOptions(): { readonly value: string; readonly label: string }[] {
  const { t } = useTranslation()
  const named = languages.map((value) => ({ value, label: languageName(value) }))
  return [{ value: 'system', label: t('language.system') }, ...named]
}

/** Makes the console look and speak as the operator chose. */
export function useApplySettings(): void {
  const { data } = useQuery(orpc.settings.get.queryOptions())
  const { setColorScheme } = useMantineColorScheme()
  const language = data?.language
  const theme = data?.theme
  useEffect(() => {
    if (language !== undefined) void chooseLanguage(language)
  }, [language])
  useEffect(() => {
    if (theme !== undefined) setColorScheme(theme === 'system' ? 'auto' : theme)
  }, [theme, setColorScheme])
}

function merge(old: Settings, part: { readonly [key in keyof Settings]?: Settings[key] | undefined }): Settings {
  const chosen = Object.entries(part).filter(([, value]) => value !== undefined)
  return { ...old, ...Object.fromEntries(chosen) }
}
