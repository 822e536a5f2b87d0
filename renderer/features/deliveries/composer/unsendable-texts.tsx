import { IconMessageOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { TextLengths } from '#shared/contract/text-lengths.ts'
import { translateError } from '../../../api/error-translations.ts'
import { useFormat } from '../../../components/format.ts'
import { Note } from '../../../components/note.tsx'
import { clientLabel } from './text-length.ts'

/** Warns of clients who receive nothing because their text fails to render or is empty. */
export function UnsendableTexts({ lengths }: { readonly lengths: TextLengths | null }) {
  const { t } = useTranslation('deliveries')
  const { t: shell } = useTranslation('shell')
  const format = useFormat()
  if (lengths === null) return null
  const { empty, failed, failure } = lengths
  return (
    <>
      {failure === null ? null : (
        <Note
          tone="warning"
          icon={IconMessageOff}
          title={t('composer.lengths.failed', { count: failed })}
          role="status"
        >
          {t('composer.lengths.failure', {
            client: clientLabel(failure.client, format),
            reason: translateError(failure.error, shell),
          })}
        </Note>
      )}
      {empty === 0 ? null : (
        <Note tone="warning" icon={IconMessageOff} title={t('composer.lengths.empty', { count: empty })} role="status">
          {t('composer.lengths.emptyRemedy')}
        </Note>
      )}
    </>
  )
}
