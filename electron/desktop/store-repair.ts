import type { App } from 'electron'
import { parseBackupName } from '#shared/domain/backup-name.ts'
import type { EngineOpenError } from '../engine.ts'
import type { AskingPart } from './asking.ts'
import type { Launch } from './login-start.ts'
import { singleFile } from './single-file.ts'
import type { Words } from './words.ts'

export interface RestartParts {
  readonly app: Pick<App, 'relaunch'>
}

export type RepairParts = AskingPart & RestartParts

type Damage = NonNullable<EngineOpenError['damage']>

/** What holds for one start alone: whoever asked for a window must get one, and a passphrase is forgotten once. */
const ofOneStart = ['--hidden', '--forget-passphrase']

/** What of a start the next one takes over. */
type Beginning = Pick<Launch, 'argv' | 'environment' | 'execPath'>

/** Has the program start anew once this process has ended. */
export function startAnew({ app }: RestartParts, launch: Beginning): void {
  const args = launch.argv.slice(1).filter((argument) => !ofOneStart.includes(argument))
  const execPath = singleFile(launch)
  app.relaunch({ args, ...(execPath === undefined ? {} : { execPath }) })
}

/**
 * Offers what can take the place of a damaged store: the newest backup that is whole, or an empty store. What is chosen is a wish on
 * disk, which any later start carries out; the damaged store is put aside by it, and nothing is done to it before. Resolves once the
 * operator has answered.
 */
export async function offerRepair(
  electron: RepairParts,
  damage: Damage,
  { language, say }: Words,
  launch: Beginning,
): Promise<void> {
  const at = damage.newestBackup === null ? undefined : parseBackupName(damage.newestBackup)?.at
  const moment =
    at === undefined ? '' : new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }).format(at)
  const restores = at === undefined ? [] : [{ label: say('damage.restore', { moment }), by: 'newest' as const }]
  const choices = [...restores, { label: say('damage.begin'), by: 'none' as const }]
  const { response } = await electron.dialog.showMessageBox({
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
  startAnew(electron, launch)
}
