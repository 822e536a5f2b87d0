import { useMantineColorScheme } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '#shared/contract/settings.ts'
import { applyLanguage, languageName, languages } from '../i18n.ts'
import { orpc } from './queries.ts'

/** The user's settings and a way to change them; null until the engine has reported them. */
export function useSettings(): { readonly settings: Settings | null; change(part: Partial<Settings>): void } {
  const cache = useQueryClient()
  const { data } = useQuery(orpc.settings.get.queryOptions())
  const update = useMutation(
    orpc.settings.update.mutationOptions({
      // A switch that waits for the response feels broken. If the change is refused, the settings are read again.
      onMutate: (part) => {
        cache.setQueryData(orpc.settings.get.queryKey(), (old) => old && merge(old, part))
      },
      onSuccess(settings) {
        // After two quick changes, the response to the first does not contain the second.
        const isLast = cache.isMutating({ mutationKey: orpc.settings.update.mutationKey() }) <= 1
        if (isLast) cache.setQueryData(orpc.settings.get.queryKey(), settings)
      },
      onError: () => cache.invalidateQueries({ queryKey: orpc.settings.get.key() }),
    }),
  )
  return { settings: data ?? null, change: (part) => update.mutate(part) }
}

/** The languages of the console, each by its own name, and "as the system". */
export function useLanguageOptions(): { readonly value: string; readonly label: string }[] {
  const { t } = useTranslation()
  const named = languages.map((value) => ({ value, label: languageName(value) }))
  return [{ value: 'system', label: t('language.system') }, ...named]
}

/** Applies the language and the theme that the user chose. */
export function useApplySettings(): void {
  const { data } = useQuery(orpc.settings.get.queryOptions())
  const { setColorScheme } = useMantineColorScheme()
  const language = data?.language
  const theme = data?.theme
  useEffect(() => {
    if (language !== undefined) void applyLanguage(language)
  }, [language])
  useEffect(() => {
    if (theme !== undefined) setColorScheme(theme === 'system' ? 'auto' : theme)
  }, [theme, setColorScheme])
}

function merge(old: Settings, part: { readonly [key in keyof Settings]?: Settings[key] | undefined }): Settings {
  const chosen = Object.entries(part).filter(([, value]) => value !== undefined)
  return { ...old, ...Object.fromEntries(chosen) }
}
