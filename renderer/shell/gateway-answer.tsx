import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './gateway-answer.module.css'

const shownCharacters = 160

/** The gateway's answer: its beginning, with the rest on request. */
export function GatewayAnswerNote({ text }: { readonly text: string }) {
  const { t } = useTranslation()
  const characters = [...text]
  const isLong = characters.length > shownCharacters
  const beginning = isLong ? `${characters.slice(0, shownCharacters).join('').trimEnd()}…` : text
  return (
    <>
      <Text size="xs" c="dimmed" className={classes.words ?? ''}>
        {t('channel.answer', { reason: beginning })}
      </Text>
      {isLong ? (
        <details className={classes.details}>
          <summary>{t('channel.whole')}</summary>
          <div className={classes.whole}>{text}</div>
        </details>
      ) : null}
    </>
  )
}
