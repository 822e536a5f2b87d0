import type { BrowserWindow, MessageBoxOptions } from 'electron'
import type { Log } from '../../base/log.ts'
import type { Dialogs } from '../dialogs.ts'
import type { Translations } from '../translations.ts'

interface RecoveryContext {
  readonly dialogs: Dialogs
  readonly texts: () => Translations
  hide(): void
  readonly log: Log
  /** Milliseconds of a clock that only moves forward. */
  readonly now?: () => number
}

/** After this many automatic reloads within the time, the user decides. */
const maxReloads = 3
const withinMs = 60_000

/** Reloads the window when its page crashes, and says what happened. After repeated crashes the user decides. */
export function recoverFromCrashes(window: BrowserWindow, context: RecoveryContext): void {
  const recovery = new CrashRecovery(window, context)
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason !== 'clean-exit') recovery.onCrash(`${reason} (${exitCode})`)
  })
  window.on('closed', () => recovery.onClosed())
  window.on('show', () => recovery.onShow())
}

class CrashRecovery {
  readonly #window: BrowserWindow
  readonly #context: RecoveryContext
  readonly #open = new Set<'explanation' | 'question'>()
  #reloads: number[] = []
  /** The page has crashed, and is not reloaded automatically. */
  #hasGivenUp = false
  #isClosed = false

  constructor(window: BrowserWindow, context: RecoveryContext) {
    this.#window = window
    this.#context = context
  }

  onCrash(reason: string): void {
    this.#context.log.error(`the page of the window crashed: ${reason}`)
    this.#reloads = this.#reloads.filter((at) => this.#now() - at < withinMs)
    this.#hasGivenUp = this.#reloads.length >= maxReloads
    if (this.#hasGivenUp) return this.#report(this.#ask())
    this.#reload()
    this.#report(this.#explain())
  }

  onShow(): void {
    if (this.#hasGivenUp) this.#report(this.#ask())
  }

  onClosed(): void {
    this.#isClosed = true
  }

  #reload(): void {
    this.#reloads.push(this.#now())
    // Chromium is still removing the old page when it reports the crash.
    setImmediate(() => {
      if (!this.#isClosed) this.#window.webContents.reload()
    })
  }

  async #explain(): Promise<void> {
    const { text } = this.#context.texts()
    const content = { message: text('crash.title'), detail: text('crash.advice') }
    await this.#show('explanation', { type: 'warning', ...content, buttons: [text('crash.ok')] })
  }

  async #ask(): Promise<void> {
    const { text } = this.#context.texts()
    const content = { message: text('crash.again'), detail: text('crash.againAdvice') }
    const buttons = [text('crash.reload'), text('crash.leave')]
    const answer = await this.#show('question', { type: 'error', ...content, buttons, defaultId: 0, cancelId: 1 })
    if (answer === 1) this.#context.hide()
    if (answer !== 0) return
    this.#reloads = []
    this.#hasGivenUp = false
    this.#reload()
  }

  /** Shows each dialog once at a time, and none while the window is hidden. Returns the chosen button, or null. */
  async #show(kind: 'explanation' | 'question', options: MessageBoxOptions): Promise<number | null> {
    if (this.#open.has(kind) || !this.#window.isVisible()) return null
    this.#open.add(kind)
    try {
      return (await this.#context.dialogs.ask(options)).response
    } finally {
      this.#open.delete(kind)
    }
  }

  #report(shown: Promise<void>): void {
    shown.catch((error: unknown) => this.#context.log.error(`the crash could not be explained: ${String(error)}`))
  }

  #now(): number {
    return this.#context.now?.() ?? performance.now()
  }
}
