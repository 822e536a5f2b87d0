import { electronStandIn } from './electron-stand-in.ts'

/** What `import * as electron from 'electron'` finds when a built program runs without Electron. */
export const standIn = electronStandIn()
export const {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
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
