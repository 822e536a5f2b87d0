import type { MessageBoxOptions } from 'electron'
import type { Log } from '../../base/log.ts'
import type { AskingPart } from '../dialogs.ts'
import type { Words } from '../translations.ts'
import type { ConsoleWindow } from './window.ts'

/** So many times within so long the window is loaded again by itself. */
const mostReloads = 3
const withinMs = 60_000

/**
 * Loads the window again when its page breaks down, and says what has happened. A page that breaks down again and again is loaded
 * only when the operator wants it.
 */
export function mendAfterCrash(
  { dialog, hide }: AskingPart & { hide(): void },
  window: ConsoleWindow,
  words: () => Words,
  log: Log,
  now: () => number = () => performance.now(),
): void {
  let reloads: number[] = []
  /** The page is not there, and is not loaded again by itself. */
  let isGivenUp = false
  let isClosed = false
  const open = new Set<'explanation' | 'question'>()

  /** Whoever has the window in the tray is not called to it, and nobody needs the same words twice. */
  async function tell(kind: 'explanation' | 'question', options: MessageBoxOptions): Promise<number | null> {
    if (open.has(kind) || !window.isVisible()) return null
    open.add(kind)
    try {
      return (await dialog.showMessageBox({ title: 'Herald', noLink: true, ...options })).response
    } finally {
      open.delete(kind)
    }
  }

  function reload(): void {
    reloads.push(now())
    // Chromium is still taking the old page apart while it tells of its end.
    setImmediate(() => {
      if (!isClosed) window.webContents.reload()
    })
  }

  async function explain(): Promise<void> {
    const { say } = words()
    const texts = { message: say('crash.title'), detail: say('crash.advice') }
    await tell('explanation', { type: 'warning', ...texts, buttons: [say('crash.ok')] })
  }

  async function ask(): Promise<void> {
    const { say } = words()
    const texts = { message: say('crash.again'), detail: say('crash.againAdvice') }
    const buttons = [say('crash.reload'), say('crash.leave')]
    const answer = await tell('question', { type: 'error', ...texts, buttons, defaultId: 0, cancelId: 1 })
    if (answer === 1) hide()
    if (answer !== 0) return
    reloads = []
    isGivenUp = false
    reload()
  }

  const attempt = (telling: Promise<void>): void =>
    void telling.catch((error: unknown) => log.error(`the breakdown could not be explained: ${String(error)}`))

  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    log.error(`the page of the window broke down: ${reason} (${exitCode})`)
    reloads = reloads.filter((at) => now() - at < withinMs)
    isGivenUp = reloads.length >= mostReloads
    if (isGivenUp) return attempt(ask())
    reload()
    attempt(explain())
  })
  window.on('closed', () => {
    isClosed = true
  })
  window.on('show', () => {
    if (isGivenUp) attempt(ask())
  })
}
