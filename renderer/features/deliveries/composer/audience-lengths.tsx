import { Input, Progress, Text } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { TextLengths } from '#shared/contract/text-lengths.ts'
import { describeError } from '../../../api/errors.ts'
import { type Format, useFormat } from '../../../components/format.ts'
import classes from './audience-lengths.module.css'
import { clientLabel, invisibleCode, isCyrillic } from './text-length.ts'
import type { LengthsCount } from './use-lengths.ts'

/** How many SMS parts the text takes for the whole audience, and in which encoding. */
export function AudienceLengths({ count }: { readonly count: LengthsCount }) {
  const { t } = useTranslation('deliveries')
  const { t: shell } = useTranslation('shell')
  const title = useId()
  const { lengths, isCounting, progress, error } = count
  if (lengths?.clients === 0) return null
  if (lengths === null && progress === null && error === null) return null
  return (
    <section
      className={classes.lengths}
      aria-labelledby={title}
      aria-busy={isCounting}
      data-stale={isCounting || undefined}
    >
      <Input.Label component="div" id={title}>
        {t('composer.lengths.title')}
      </Input.Label>
      {error === null ? null : (
        <Text size="xs" c="var(--mantine-color-error)">
          {describeError(error, shell).title}
        </Text>
      )}
      {lengths === null ? null : <Figures lengths={lengths} />}
      {progress === null ? null : (
        <>
          <Progress
            value={(progress.measured / Math.max(1, progress.clients)) * 100}
            size="sm"
            aria-labelledby={title}
          />
          <Text size="xs" c="dimmed">
            {t('composer.lengths.progress', { measured: progress.measured, total: progress.clients })}
          </Text>
        </>
      )}
    </section>
  )
}

function Figures({ lengths }: { readonly lengths: TextLengths }) {
  const { t } = useTranslation('deliveries')
  const format = useFormat()
  const { segments, longest } = lengths
  if (segments === null || longest === null) return null
  const { min, max, total } = segments
  const forced = forcedInWords(lengths, t, format)
  return (
    <>
      <dl className={classes.figures}>
        <dt>{t('composer.lengths.total')}</dt>
        <dd>{format.number(total)}</dd>
        <dt>{t('composer.lengths.each')}</dt>
        <dd>{min === max ? format.number(min) : t('composer.lengths.range', { min, max })}</dd>
        <dt>{t('composer.lengths.encoding')}</dt>
        {encodingsInWords(lengths, t).map((encoding) => (
          <dd key={encoding}>{encoding}</dd>
        ))}
      </dl>
      {forced === null ? null : (
        <Text size="xs" c="dimmed">
          {forced}
        </Text>
      )}
      {min === max ? null : (
        <Text size="xs" c="dimmed" lineClamp={2}>
          {t('composer.lengths.longest', {
            client: clientLabel(longest.client, format),
            parts: t('composer.preview.segments', { count: longest.segments }),
          })}
        </Text>
      )}
    </>
  )
}

/** The encoding of all texts, or each encoding with its number of clients. */
function encodingsInWords({ gsm7, ucs2 }: TextLengths, t: TFunction<'deliveries'>): readonly string[] {
  if (ucs2 === 0) return ['GSM-7']
  if (gsm7 === 0) return ['UCS-2']
  const forClients = (encoding: string, count: number) => t('composer.lengths.encodingOf', { encoding, count })
  return [forClients('GSM-7', gsm7), forClients('UCS-2', ucs2)]
}

/** The first character that requires UCS-2, and the client whose text contains it. */
function forcedInWords({ forcedBy }: TextLengths, t: TFunction<'deliveries'>, format: Format): string | null {
  if (forcedBy === null) return null
  const { character } = forcedBy
  const client = clientLabel(forcedBy.client, format)
  const code = invisibleCode(character)
  if (code !== null) return t('composer.lengths.forcedCode', { code, client })
  return t(isCyrillic(character) ? 'composer.lengths.forcedCyrillic' : 'composer.lengths.forced', { character, client })
}
