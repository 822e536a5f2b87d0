import { EventEmitter } from 'node:events'
import { StandInEvent } from './electron-stand-in-window.ts'

interface AppOptions {
  readonly firstInstance?: boolean
  readonly isPackaged?: boolean
  readonly onReady?: () => void
  readonly switches?: readonly string[]
  readonly languages?: readonly string[]
  readonly openedAtLogin?: boolean
}

/** Electron's `app`: the test reads what the program did with it. */
export class StandInApp extends EventEmitter {
  readonly isPackaged: boolean
  readonly commandLine: { hasSwitch(name: string): boolean }
  readonly paths = new Map<string, string>()
  isReady = false
  sandboxed = false
  exitCode: number | null = null
  loginItem: Electron.Settings = { openAtLogin: false }
  loginItemChanges = 0
  badge = 0
  userModelId: string | null = null
  hasLock: boolean
  /** How the program is to be restarted; null if it is not. */
  relaunched: Electron.RelaunchOptions | null = null
  readonly #options: AppOptions

  constructor(options: AppOptions) {
    super()
    this.#options = options
    this.isPackaged = options.isPackaged ?? true
    this.commandLine = { hasSwitch: (name) => (options.switches ?? []).includes(name) }
    this.hasLock = options.firstInstance ?? true
  }

  requireReady(what: string): void {
    if (!this.isReady) throw new Error(`${what} must be called after the app is ready`)
  }
  requireNotReady(what: string): void {
    if (this.isReady) throw new Error(`${what} must be called before the app is ready`)
  }
  relaunch(options: Electron.RelaunchOptions = {}): void {
    this.relaunched = options
  }
  getPreferredSystemLanguages(): readonly string[] {
    return this.#options.languages ?? ['en-GB']
  }
  getLoginItemSettings() {
    const { openAtLogin = false } = this.loginItem
    return { openAtLogin, wasOpenedAtLogin: this.#options.openedAtLogin ?? false }
  }
  getVersion(): string {
    return '0.1.0'
  }
  setBadgeCount(count: number): void {
    this.badge = count
  }
  setAppUserModelId(id: string): void {
    this.userModelId = id
  }
  setLoginItemSettings(item: Electron.Settings): void {
    this.loginItem = item
    this.loginItemChanges += 1
  }
  requestSingleInstanceLock(): boolean {
    return this.#options.firstInstance ?? true
  }
  releaseSingleInstanceLock(): void {
    this.hasLock = false
  }
  enableSandbox(): void {
    this.requireNotReady('app.enableSandbox')
    this.sandboxed = true
  }
  setPath(name: string, path: string): void {
    this.paths.set(name, path)
  }
  async whenReady(): Promise<void> {
    await Promise.resolve() // never in the same turn as the entry file
    this.isReady = true
    this.#options.onReady?.()
  }
  quit(): void {
    const event = new StandInEvent()
    this.emit('before-quit', event)
    if (!event.prevented) this.exit(0)
  }
  exit(code = 0): void {
    this.exitCode ??= code
    this.emit('quit')
    this.emit('exited', this.exitCode)
  }
}
