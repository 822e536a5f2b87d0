import { parseBackupName } from '#shared/domain/backup-name.ts'
import type { EngineOpenError } from '../../engine.ts'
import type { AskingPart } from '../dialogs.ts'
import type { Words } from '../translations.ts'

type Damage = NonNullable<EngineOpenError['damage']>

/**
 * Offers what can take the place of a damaged store: the newest backup that is whole, or an empty store. What is chosen is a wish on
 * disk, which any later start carries out; the damaged store is put aside by it, and nothing is done to it before. Resolves once the
 * operator has answered.
 */
export async function offerRepair(
  { dialog }: AskingPart,
  damage: Damage,
  { language, say }: Words,
  startAnew: () => void,
): Promise<void> {
  const at = damage.newestBackup === null ? undefined : parseBackupName(damage.newestBackup)?.at
  const moment =
    at === undefined ? '' : new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }).format(at)
  const restores = at === undefined ? [] : [{ label: say('damage.restore', { moment }), by: 'newest' as const }]
  const choices = [...restores, { label: say('damage.begin'), by: 'none' as const }]
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: 'Herald',
    message: say('damage.title'),
    detail: `${at === undefined ? say('damage.noBackup') : say('damage.backup', { moment })} ${say('damage.aside')}`,
    buttons: [...choices.map(({ label }) => label), say('damage.quit')],
    // To begin anew must not be a matter of pressing Enter in passing.
    defaultId: at === undefined ? choices.length : 0,
    cancelId: choices.length,
    noLink: true,
  })
  const chosen = choices[response]
  if (chosen === undefined) return
  await damage.replace(chosen.by)
  startAnew()
}
