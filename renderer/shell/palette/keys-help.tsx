import { Kbd, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLock } from '../../api/lock.ts'
import { commandsFor, keyName, paletteKeys } from '../commands.ts'
import classes from './keys-help.module.css'

/** The keys of every table, besides the commands. */
const tableKeys = [
  { labelKey: 'keys.rows', keys: ['↑', '↓'] },
  { labelKey: 'keys.open', keys: ['Enter'] },
  { labelKey: 'keys.mark', keys: ['Space'] },
  { labelKey: 'keys.markAll', keys: ['Ctrl', 'A'] },
  { labelKey: 'keys.close', keys: ['Esc'] },
] as const

/** The list of keyboard shortcuts. */
export function KeysHelp({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const hasPassphrase = useLock()?.hasPassphrase === true
  const withKeys = commandsFor(hasPassphrase).flatMap(({ id, labelKey, keys }) =>
    keys === undefined ? [] : [{ id, labelKey, keys }],
  )
  return (
    <Modal opened onClose={onClose} title={t('command.help')} closeButtonProps={{ 'aria-label': t('actions.close') }}>
      <dl className={classes.keys}>
        <Row label={t('palette.open')} keys={paletteKeys} />
        {withKeys.map(({ id, labelKey, keys }) => (
          <Row key={id} label={t(labelKey)} keys={keys.map(keyName)} />
        ))}
        {tableKeys.map(({ labelKey, keys }) => (
          <Row key={labelKey} label={t(labelKey)} keys={keys} />
        ))}
      </dl>
    </Modal>
  )
}

function Row({ label, keys }: { readonly label: string; readonly keys: readonly string[] }) {
  return (
    <div className={classes.row}>
      <dt>{label}</dt>
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
