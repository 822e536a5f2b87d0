import type { Menu, MenuItemConstructorOptions } from 'electron'
import type { Words } from '../translations.ts'
import type { ProgramActions } from './actions.ts'

export interface MenuParts {
  readonly Menu: Pick<typeof Menu, 'buildFromTemplate' | 'setApplicationMenu'>
}

type Item = MenuItemConstructorOptions
const line: Item = { type: 'separator' }

/** The screens of the console in the order of its navigation, which is that of their keys. */
const screens = [
  ['dashboard', '/'],
  ['deliveries', '/deliveries'],
  ['clients', '/clients'],
  ['segments', '/segments'],
  ['doNotContact', '/do-not-contact'],
  ['statistics', '/statistics'],
  ['activity', '/activity'],
  ['settings', '/settings'],
] as const

/** The menu of a system: the standard items by their roles, which have keys of their own, and what the program can do besides. */
export function menuTemplate(
  platform: NodeJS.Platform,
  developerTools: boolean,
  words: Words,
  actions: ProgramActions,
): Item[] {
  const isMac = platform === 'darwin'
  return [
    ...(isMac ? [appMenu(words, actions)] : []),
    fileMenu(isMac, words, actions),
    editMenu(words),
    viewMenu(developerTools, words, actions),
    windowMenu(isMac, words),
    helpMenu(isMac, words, actions),
  ]
}

/** Sets the application's menu. */
export function setMenu(electron: MenuParts, template: Item[]): void {
  electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate(template))
}

/** The menu under the program's own name, which macOS alone has. */
function appMenu({ say }: Words, actions: ProgramActions): Item {
  return {
    role: 'appMenu',
    submenu: [
      { label: say('menu.about'), click: actions.about },
      line,
      { label: say('menu.settings'), accelerator: 'Cmd+,', click: () => actions.showScreen('/settings') },
      line,
      { role: 'services', label: say('menu.services') },
      line,
      { role: 'hide', label: say('menu.hide') },
      { role: 'hideOthers', label: say('menu.hideOthers') },
      { role: 'unhide', label: say('menu.unhide') },
      line,
      { role: 'quit', label: say('menu.quit') },
    ],
  }
}

function fileMenu(isMac: boolean, { say }: Words, actions: ProgramActions): Item {
  return {
    role: 'fileMenu',
    label: say('menu.file'),
    submenu: [
      { label: say('menu.newDelivery'), accelerator: 'CmdOrCtrl+N', click: actions.newDelivery },
      { label: say('menu.importClients'), accelerator: 'CmdOrCtrl+O', click: actions.importClients },
      line,
      { label: say('menu.openDataFolder'), click: actions.openDataFolder },
      ...(isMac
        ? []
        : [{ label: say('menu.settings'), accelerator: 'Ctrl+,', click: () => actions.showScreen('/settings') }]),
      line,
      { role: 'close', label: say('menu.close') },
      ...(isMac ? [] : [{ role: 'quit', label: say('menu.quit'), accelerator: 'Ctrl+Q' } as const]),
    ],
  }
}

function editMenu({ say }: Words): Item {
  return {
    role: 'editMenu',
    label: say('menu.edit'),
    submenu: [
      { role: 'undo', label: say('menu.undo') },
      { role: 'redo', label: say('menu.redo') },
      line,
      { role: 'cut', label: say('menu.cut') },
      { role: 'copy', label: say('menu.copy') },
      { role: 'paste', label: say('menu.paste') },
      { role: 'delete', label: say('menu.delete') },
      line,
      { role: 'selectAll', label: say('menu.selectAll') },
    ],
  }
}

function viewMenu(developerTools: boolean, { say }: Words, actions: ProgramActions): Item {
  return {
    role: 'viewMenu',
    label: say('menu.view'),
    submenu: [
      ...screens.map(([name, path], index) => ({
        label: say(`screen.${name}`),
        accelerator: `CmdOrCtrl+${index + 1}`,
        click: () => actions.showScreen(path),
      })),
      line,
      { role: 'resetZoom', label: say('menu.resetZoom') },
      { role: 'zoomIn', label: say('menu.zoomIn') },
      { role: 'zoomOut', label: say('menu.zoomOut') },
      line,
      { role: 'togglefullscreen', label: say('menu.fullscreen') },
      ...(developerTools
        ? [
            line,
            { role: 'reload', label: say('menu.reload') } as const,
            { role: 'toggleDevTools', label: say('menu.developerTools') } as const,
          ]
        : []),
    ],
  }
}

function windowMenu(isMac: boolean, { say }: Words): Item {
  return {
    role: 'windowMenu',
    label: say('menu.window'),
    submenu: [
      { role: 'minimize', label: say('menu.minimize') },
      // Elsewhere that one does nothing.
      ...(isMac
        ? [
            { role: 'zoom', label: say('menu.zoom') } as const,
            line,
            { role: 'front', label: say('menu.front') } as const,
          ]
        : []),
    ],
  }
}

function helpMenu(isMac: boolean, { say }: Words, actions: ProgramActions): Item {
  return {
    role: 'help',
    label: say('menu.help'),
    submenu: [
      { label: say('menu.copyDiagnostics'), click: actions.copyDiagnostics },
      ...(isMac ? [] : [{ label: say('menu.about'), click: actions.about }]),
    ],
  }
}
