import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type ExampleLengths, invisibleCode } from './text-length.ts'

/** How long a rendered text is, how many SMS parts it takes, and why. */
export function LengthWords({ lengths }: { readonly lengths: ExampleLengths }) {
  const { t } = useTranslation('deliveries')
  const { shown, fewest, most } = lengths
  const culprit = shown.forcedBy?.character
  const code = culprit === undefined ? null : invisibleCode(culprit)
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
        {culprit === undefined
          ? t('composer.preview.gsm')
          : code === null
            ? t('composer.preview.ucs', { character: culprit })
            : t('composer.preview.ucsCode', { code })}
      </Text>
      {fewest === most ? null : (
        <Text size="xs" c="dimmed">
          {t('composer.preview.range', { min: fewest, max: most })}
        </Text>
      )}
    </div>
  )
}
