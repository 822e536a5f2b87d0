import type { App, MessageBoxOptions, MessageBoxReturnValue } from 'electron'
import { parseBackupName } from '#shared/domain/backup-name.ts'
import type { Words } from './words.ts'

export interface RestartParts {
  readonly app: Pick<App, 'relaunch'>
}

export interface RepairParts extends RestartParts {
  readonly dialog: { showMessageBox(options: MessageBoxOptions): Promise<MessageBoxReturnValue> }
}

/** Says at a start what is to take the store's place first: `newest` backup, or `none`. */
const restoreArgument = '--restore='

/** What is to take the store's place at this start; undefined for the store that is there. */
export function restoreWish(argv: readonly string[]): 'newest' | 'none' | undefined {
  const wish = argv.find((argument) => argument.startsWith(restoreArgument))?.slice(restoreArgument.length)
  return wish === 'newest' || wish === 'none' ? wish : undefined
}

/** Has the program start anew once this process has ended, as it was started but for what takes the store's place. */
export function startAnew({ app }: RestartParts, argv: readonly string[], restore?: 'newest' | 'none'): void {
  const args = argv.slice(1).filter((argument) => !argument.startsWith(restoreArgument))
  app.relaunch({ args: restore === undefined ? args : [...args, restoreArgument + restore] })
}

/**
 * Offers what can take the place of a damaged store: the newest backup that is whole (`null`: there is none), or an empty store. The
 * damaged one is put aside by it, and nothing is done to it before. Resolves once the operator has answered.
 */
export async function offerRepair(
  electron: RepairParts,
  newestBackup: string | null,
  { language, say }: Words,
  argv: readonly string[],
): Promise<void> {
  const at = newestBackup === null ? undefined : parseBackupName(newestBackup)?.at
  const moment =
    at === undefined ? '' : new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }).format(at)
  const restores = at === undefined ? [] : [{ label: say('damage.restore', { moment }), restore: 'newest' as const }]
  const choices = [...restores, { label: say('damage.begin'), restore: 'none' as const }]
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
  if (chosen !== undefined) startAnew(electron, argv, chosen.restore)
}
