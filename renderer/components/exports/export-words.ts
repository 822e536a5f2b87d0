import i18next from 'i18next'

/** The titles and values of exported files in the console's language, by the names that the engine has for them. */
export async function exportWords(): Promise<Record<string, string>> {
  await i18next.loadNamespaces(['exports', 'messages'])
  const { t } = i18next
  const groups = {
    column: t('exports:columns', { returnObjects: true }),
    status: t('shell:status.message', { returnObjects: true }),
    deliveryStatus: t('shell:status.delivery', { returnObjects: true }),
    error: t('messages:error', { returnObjects: true }),
  }
  return Object.fromEntries(
    Object.entries(groups).flatMap(([group, words]) =>
      Object.entries(words).map(([name, word]) => [`${group}.${name}`, word]),
    ),
  )
}
