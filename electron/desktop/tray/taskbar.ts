import type { App, nativeImage } from 'electron'
import type { Standing } from '../sending-watch.ts'
import type { Words } from '../translations.ts'
import type { ConsoleWindow } from '../window/window.ts'
import { trayState } from './tray.ts'
import { drawDot, type TrayLook } from './tray-picture.ts'

export interface TaskbarParts {
  readonly app: Pick<App, 'setBadgeCount'>
  readonly nativeImage: Pick<typeof nativeImage, 'createFromBitmap'>
}

type Taskbar = (
  window: Pick<ConsoleWindow, 'setOverlayIcon' | 'setProgressBar'> | null,
  words: Words,
  standing: Standing,
) => void

/**
 * Shows on the program's own button of the taskbar or dock how far sending has come, in whole hundredths, and how many deliveries
 * run; Windows, which counts nothing there, has a dot that says that some run or that something is wrong. What has not changed is
 * not shown again: some systems take a message between programs for it.
 */
export function createTaskbar({ app, nativeImage }: TaskbarParts, platform: NodeJS.Platform): Taskbar {
  let badge = 0
  let shown = ''
  let shownOn: unknown = null
  const dotOf = (look: TrayLook) =>
    look === 'idle' ? null : nativeImage.createFromBitmap(drawDot(16, look), { width: 16, height: 16 })

  return (window, words, standing) => {
    if (standing.running !== badge) app.setBadgeCount(standing.running)
    badge = standing.running
    const { share, mode } = progressOf(standing)
    const state = trayState(standing, words)
    const next = `${share} ${mode} ${state.look}`
    if (window === shownOn && next === shown) return
    window?.setProgressBar(share, { mode })
    if (platform === 'win32') window?.setOverlayIcon(dotOf(state.look), state.look === 'idle' ? '' : state.words)
    shown = next
    shownOn = window
  }
}

/** What stands still until it mends itself is shown as a pause, what waits for the operator as an error. */
function progressOf({ running, share, channel }: Standing) {
  if (running === 0) return { share: -1, mode: 'none' } as const
  const hundredths = Math.floor(share * 100) / 100
  if (channel === 'open') return { share: hundredths, mode: 'normal' } as const
  return { share: hundredths, mode: channel === 'down' ? 'paused' : 'error' } as const
}
