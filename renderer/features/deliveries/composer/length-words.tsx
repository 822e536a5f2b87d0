import { Text } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { type ExampleLengths, invisibleCode, isCyrillic } from './text-length.ts'

/** How long a rendered text is, how many SMS parts it takes, and why. */
export function LengthWords({ lengths }: { readonly lengths: ExampleLengths }) {
  const { t } = useTranslation('deliveries')
  const { shown, fewest, most } = lengths
  return (
    <div>
      <Text size="sm">
        {[
          t('composer.preview.segments', { count: shown.segments }),
          t('composer.preview.characters', { count: shown.units }),
          t('composer.preview.left', { count: shown.unitsLeft }),
        ].join(' · ')}
      </Text>
      <Text size="xs" c="dimmed">
        {reasonFor(shown, t)}
      </Text>
      {fewest === most ? null : (
        <Text size="xs" c="dimmed">
          {t('composer.preview.range', { min: fewest, max: most })}
        </Text>
      )}
    </div>
  )
}

/** Which encoding, and the one character that leaves no other choice. */
function reasonFor({ forcedBy }: ExampleLengths['shown'], t: TFunction<'deliveries'>): string {
  if (forcedBy === null) return t('composer.preview.gsm')
  const { character } = forcedBy
  const code = invisibleCode(character)
  if (code !== null) return t('composer.preview.ucsCode', { code })
  // A Cyrillic О looks just like a Latin one, so that the letter alone would not explain anything.
  return t(isCyrillic(character) ? 'composer.preview.ucsCyrillic' : 'composer.preview.ucs', { character })
}
