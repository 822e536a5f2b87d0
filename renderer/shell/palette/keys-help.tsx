import { Kbd, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLock } from '../../api/lock.ts'
import { commandsFor, keyName, paletteKeys } from '../commands.ts'
import classes from './keys-help.module.css'

/** The keys of every table, besides the commands. */
const tableKeys = [
  { words: 'keys.rows', keys: ['↑', '↓'] },
  { words: 'keys.open', keys: ['Enter'] },
  { words: 'keys.mark', keys: ['Space'] },
  { words: 'keys.markAll', keys: ['Ctrl', 'A'] },
  { words: 'keys.close', keys: ['Esc'] },
] as const

/** The list of keyboard shortcuts. */
export function KeysHelp({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const hasPassphrase = useLock()?.hasPassphrase === true
  const withKeys = commandsFor(hasPassphrase).flatMap(({ id, words, keys }) =>
    keys === undefined ? [] : [{ id, words, keys }],
  )
  return (
    <Modal opened onClose={onClose} title={t('command.help')} closeButtonProps={{ 'aria-label': t('actions.close') }}>
      <dl className={classes.keys}>
        <Row words={t('palette.open')} keys={paletteKeys} />
        {withKeys.map(({ id, words, keys }) => (
          <Row key={id} words={t(words)} keys={keys.map(keyName)} />
        ))}
        {tableKeys.map(({ words, keys }) => (
          <Row key={words} words={t(words)} keys={keys} />
        ))}
      </dl>
    </Modal>
  )
}

function Row({ words, keys }: { readonly words: string; readonly keys: readonly string[] }) {
  return (
    <div className={classes.row}>
      <dt>{words}</dt>
      <dd>
        {keys.map((key) => (
          <Kbd key={key} size="sm">
            {key}
          </Kbd>
        ))}
      </dd>
    </div>
  )
}
