import { EventEmitter } from 'node:events'
import type { BrowserWindowConstructorOptions, Rectangle, WebContents } from 'electron'

export type WindowOptions = BrowserWindowConstructorOptions
type WindowOpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0]

/** An event that can be prevented. */
export class StandInEvent {
  prevented = false
  preventDefault(): void {
    this.prevented = true
  }
}

/** A page: the test makes it navigate, open a window, attach a webview or crash. */
export class StandInContents extends EventEmitter {
  /** Messages to the page. */
  readonly sent: { readonly channel: string; readonly message: unknown }[] = []
  reloads = 0
  #windowOpenHandler: WindowOpenHandler | undefined
  webRtcPolicy = 'default'
  /** Replacements of misspelt words. */
  readonly replaced: string[] = []

  replaceMisspelling(word: string): void {
    this.replaced.push(word)
  }

  setWebRTCIPHandlingPolicy(policy: string): void {
    this.webRtcPolicy = policy
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#windowOpenHandler = handler
  }

  send(channel: string, message: unknown): void {
    this.sent.push({ channel, message })
  }

  reload(): void {
    this.reloads += 1
  }

  /** What Electron reports when the page's process ends. */
  crash(reason: 'crashed' | 'oom' | 'clean-exit' = 'crashed'): void {
    this.emit('render-process-gone', {}, { reason, exitCode: 139 })
  }

  /** Whether the page reached the address. */
  navigate(how: 'will-navigate' | 'will-frame-navigate' | 'will-redirect', url: string): boolean {
    const event = Object.assign(new StandInEvent(), { url })
    this.emit(how, event)
    return !event.prevented
  }

  attachWebview(): boolean {
    const event = new StandInEvent()
    this.emit('will-attach-webview', event, {}, {})
    return !event.prevented
  }

  openWindow(url: string): boolean {
    const referrer = { url: '', policy: 'default' } as const
    const details = { url, frameName: '', features: '', disposition: 'foreground-tab', referrer } as const
    return this.#windowOpenHandler?.(details).action !== 'deny'
  }
}

/** Is notified when a window opens and closes. */
interface Owner {
  onOpened(window: StandInWindow): void
  onClosed(window: StandInWindow): void
}

/** A window without a screen. */
export class StandInWindow extends EventEmitter {
  readonly options: WindowOptions
  readonly webContents = new StandInContents()
  readonly log: string[] = []
  url: string | null = null
  visible: boolean
  minimized = false
  maximized = false
  fullScreen = false
  focused = false
  bounds: Rectangle
  progress: { readonly share: number; readonly mode: string | undefined } | null = null
  /** The description of the image over the window's taskbar button. */
  overlay: string | null = null
  readonly #owner: Owner

  constructor(options: WindowOptions, owner: Owner) {
    super()
    const { x = 0, y = 0, width = 800, height = 600 } = options
    this.options = options
    this.bounds = { x, y, width, height }
    this.visible = options.show ?? true
    this.#owner = owner
    owner.onOpened(this)
  }
  async loadURL(url: string): Promise<void> {
    this.url = url
  }
  show(): void {
    this.visible = true
    this.emit('show')
  }
  hide(): void {
    this.visible = false
    this.focused = false
  }
  focus(): void {
    this.focused = true
    this.log.push('focus')
  }
  restore(): void {
    this.minimized = false
  }
  minimize(): void {
    this.minimized = true
    this.focused = false
  }
  maximize(): void {
    this.maximized = true
    this.visible = true
  }
  setFullScreen(flag: boolean): void {
    this.fullScreen = flag
  }
  isMinimized(): boolean {
    return this.minimized
  }
  isMaximized(): boolean {
    return this.maximized
  }
  isFullScreen(): boolean {
    return this.fullScreen
  }
  isVisible(): boolean {
    return this.visible
  }
  isFocused(): boolean {
    return this.focused
  }
  getNormalBounds(): Rectangle {
    return this.bounds
  }
  setProgressBar(share: number, options?: { readonly mode?: string }): void {
    this.progress = share < 0 ? null : { share, mode: options?.mode }
  }
  setOverlayIcon(icon: unknown, description: string): void {
    this.overlay = icon === null ? null : description
  }
  /** The user moves or resizes the window. */
  drag(bounds: Partial<Rectangle>): void {
    const { x, y, width, height } = this.bounds
    this.bounds = { ...this.bounds, ...bounds }
    if (this.bounds.x !== x || this.bounds.y !== y) this.emit('move')
    if (this.bounds.width !== width || this.bounds.height !== height) this.emit('resize')
  }
  /** The user closes the window. */
  close(): void {
    const event = new StandInEvent()
    this.emit('close', event)
    if (event.prevented) return
    this.emit('closed')
    this.#owner.onClosed(this)
  }
}
