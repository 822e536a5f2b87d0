import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { electronStandIn } from './electron-stand-in.ts'

// In this process, `import * as electron from 'electron'` resolves to this module.
registerHooks({
  resolve: (specifier, context, next) => next(specifier === 'electron' ? import.meta.url : specifier, context),
})

export const standIn = electronStandIn({
  ...keyringFrom(process.env.HERALD_STAND_IN_KEYRING),
  platform: process.platform,
})
export const {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  Notification,
  nativeImage,
  nativeTheme,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
} = standIn.electron

/** Runs the built main process of a folder. */
export async function runMainProcess(folder: string): Promise<void> {
  await import(pathToFileURL(join(folder, 'main/main.js')).href)
}

/** The machine's keyring outlives the program, so its key comes from outside; `none` means that there is no keyring. */
function keyringFrom(value: string | undefined) {
  if (value === undefined) return {}
  return value === 'none' ? { keyring: false } : { keyringKey: Buffer.from(value, 'hex') }
}
