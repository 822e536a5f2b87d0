import type { Menu, MenuItemConstructorOptions } from 'electron'

export interface MenuParts {
  readonly Menu: Pick<typeof Menu, 'buildFromTemplate' | 'setApplicationMenu'>
}

/** The standard menu, by roles alone: labels and keys are the ones that Electron has for each system. */
export function menuTemplate(platform: NodeJS.Platform, developerTools: boolean): MenuItemConstructorOptions[] {
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ]
  const developer: MenuItemConstructorOptions[] = [
    { role: 'reload' },
    { role: 'toggleDevTools' },
    { type: 'separator' },
  ]
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    { role: 'fileMenu' },
    { role: 'editMenu' },
    { role: 'viewMenu', submenu: developerTools ? [...developer, ...view] : view },
    { role: 'windowMenu' },
  ]
}

/** Sets the application's menu. */
export function setMenu(electron: MenuParts, platform: NodeJS.Platform, developerTools: boolean): void {
  electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate(menuTemplate(platform, developerTools)))
}
