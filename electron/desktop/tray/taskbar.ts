import type { BrowserWindow } from 'electron'
import type { Electron } from '../electron-api.ts'
import type { SendingStatus } from '../sending-watch.ts'
import type { Translations } from '../translations.ts'
import { overlayImage } from './status-images.ts'
import { trayState } from './tray.ts'

type ShowInTaskbar = (window: BrowserWindow | null, texts: Translations, status: SendingStatus) => void

/**
 * Returns a function that shows on the program's taskbar or dock button the progress of sending in whole percent, and
 * the number of running deliveries. Windows shows no number there, so it gets a dot for running or trouble. Nothing is
 * shown twice: on some systems each change is a message between processes.
 */
export function createTaskbar(electron: Electron, platform: NodeJS.Platform, imagesFolder: string): ShowInTaskbar {
  let badge = 0
  let shown = ''
  let shownOn: BrowserWindow | null = null

  return (window, texts, status) => {
    if (status.running !== badge) electron.app.setBadgeCount(status.running)
    badge = status.running
    const { share, mode } = progressOf(status)
    const { icon, text } = trayState(status, texts)
    const next = `${share} ${mode} ${icon}`
    if (window === shownOn && next === shown) return
    window?.setProgressBar(share, { mode })
    if (platform === 'win32') {
      if (icon === 'idle') window?.setOverlayIcon(null, '')
      else window?.setOverlayIcon(overlayImage(electron, imagesFolder, icon), text)
    }
    shown = next
    shownOn = window
  }
}

/** Trouble that ends without the user is shown as a pause, other trouble as an error. */
function progressOf({ running, share, channel }: SendingStatus) {
  if (running === 0) return { share: -1, mode: 'none' } as const
  const roundedShare = Math.floor(share * 100) / 100
  if (channel === 'open') return { share: roundedShare, mode: 'normal' } as const
  return { share: roundedShare, mode: channel === 'down' ? 'paused' : 'error' } as const
}
