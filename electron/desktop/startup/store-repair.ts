import { parseBackupName } from '#shared/domain/backup-name.ts'
import type { EngineOpenError } from '../../engine.ts'
import type { Dialogs } from '../dialogs.ts'
import type { Translations } from '../translations.ts'

type Damage = NonNullable<EngineOpenError['damage']>

/**
 * Offers a replacement for a damaged store: the newest whole backup, or an empty store. The choice is written as a
 * pending restore, which any later start carries out; until then the damaged store is untouched. Resolves once the user
 * has answered.
 */
export async function offerRepair(
  dialogs: Dialogs,
  damage: Damage,
  { language, text }: Translations,
  restart: () => void,
): Promise<void> {
  const at = damage.newestBackup === null ? undefined : parseBackupName(damage.newestBackup)?.at
  const moment =
    at === undefined ? '' : new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }).format(at)
  const restores = at === undefined ? [] : [{ label: text('damage.restore', { moment }), by: 'newest' as const }]
  const choices = [...restores, { label: text('damage.begin'), by: 'none' as const }]
  const { response } = await dialogs.ask({
    type: 'error',
    message: text('damage.title'),
    detail: `${at === undefined ? text('damage.noBackup') : text('damage.backup', { moment })} ${text('damage.aside')}`,
    buttons: [...choices.map(({ label }) => label), text('damage.quit')],
    // Pressing Enter must not choose the empty store.
    defaultId: at === undefined ? choices.length : 0,
    cancelId: choices.length,
  })
  const chosen = choices[response]
  if (chosen === undefined) return
  await damage.replace(chosen.by)
  restart()
}
