import { Text } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { TextLength } from '#shared/domain/text-segments.ts'
import { invisibleCode, isCyrillic } from './text-length.ts'

/** How long a rendered text is, how many SMS parts it takes, and why. */
export function TextLengthNote({ length }: { readonly length: TextLength }) {
  const { t } = useTranslation('deliveries')
  return (
    <div>
      <Text size="sm">
        {[
          t('composer.preview.segments', { count: length.segments }),
          t('composer.preview.characters', { count: length.units }),
          t('composer.preview.left', { count: length.unitsLeft }),
        ].join(' · ')}
      </Text>
      <Text size="xs" c="dimmed">
        {reasonFor(length, t)}
      </Text>
    </div>
  )
}

/** The encoding, and the first character that requires it. */
function reasonFor({ forcedBy }: TextLength, t: TFunction<'deliveries'>): string {
  if (forcedBy === null) return t('composer.preview.gsm')
  const { character } = forcedBy
  const code = invisibleCode(character)
  if (code !== null) return t('composer.preview.ucsCode', { code })
  // A Cyrillic О looks like a Latin O, so that the letter alone explains nothing.
  return t(isCyrillic(character) ? 'composer.preview.ucsCyrillic' : 'composer.preview.ucs', { character })
}
