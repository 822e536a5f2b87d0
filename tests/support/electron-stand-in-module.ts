import { electronStandIn } from './electron-stand-in.ts'

/** What `import * as electron from 'electron'` finds when a built program runs without Electron. */
export const standIn = electronStandIn({
  ...keyringOf(process.env.HERALD_STAND_IN_KEYRING),
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

/** The machine's keyring outlives the program: its key comes from whoever starts it, or the word that there is none. */
function keyringOf(given: string | undefined) {
  if (given === undefined) return {}
  return given === 'none' ? { keyring: false } : { keyringKey: Buffer.from(given, 'hex') }
}
