import { join } from 'node:path'
import type { NativeImage } from 'electron'
import type { Electron } from '../electron-api.ts'

/** What an image outside the window says about sending. */
export type StatusIcon = 'idle' | 'running' | 'trouble'

type Images = Pick<Electron, 'nativeImage'>

/**
 * Loads a tray image, drawn by `npm run icons`. Electron finds its `@2x` variant by the name, and lets macOS colour a
 * file named `…Template`. Panels on Linux show larger images.
 */
export function trayImage(electron: Images, folder: string, platform: NodeJS.Platform, icon: StatusIcon): NativeImage {
  const variant = platform === 'darwin' ? 'Template' : platform === 'linux' ? '24' : '16'
  return electron.nativeImage.createFromPath(join(folder, `tray-${icon}-${variant}.png`))
}

/** Loads the dot that Windows shows over the program's taskbar button. */
export function overlayImage(electron: Images, folder: string, icon: Exclude<StatusIcon, 'idle'>): NativeImage {
  return electron.nativeImage.createFromPath(join(folder, `overlay-${icon}.png`))
}

/** The program's icon for a window's title and the taskbar. */
export function windowImage(electron: Images, folder: string): NativeImage {
  return electron.nativeImage.createFromPath(join(folder, 'window.png'))
}
