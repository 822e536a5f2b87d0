import { electronStandIn } from './electron-stand-in.ts'

/** What `import * as electron from 'electron'` finds when a built program runs without Electron. */
export const standIn = electronStandIn()
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
