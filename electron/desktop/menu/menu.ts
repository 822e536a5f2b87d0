import type { MenuItemConstructorOptions } from 'electron'
import type { Translations } from '../translations.ts'
import type { ProgramActions } from './actions.ts'

type Item = MenuItemConstructorOptions
const separator: Item = { type: 'separator' }

/** The screens of the console in the order of its navigation; their keyboard shortcuts follow it. */
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

/** Returns the menu for a system: the standard items by role, which have their own shortcuts, and the program's actions. */
export function menuTemplate(
  platform: NodeJS.Platform,
  developerTools: boolean,
  texts: Translations,
  actions: ProgramActions,
): Item[] {
  const isMac = platform === 'darwin'
  return [
    ...(isMac ? [appMenu(texts, actions)] : []),
    fileMenu(isMac, texts, actions),
    editMenu(texts),
    viewMenu(developerTools, texts, actions),
    windowMenu(isMac, texts),
    helpMenu(isMac, texts, actions),
  ]
}

/** The menu under the program's name, which only macOS has. */
function appMenu({ text }: Translations, actions: ProgramActions): Item {
  return {
    role: 'appMenu',
    submenu: [
      { label: text('menu.about'), click: actions.about },
      separator,
      { label: text('menu.settings'), accelerator: 'Cmd+,', click: () => actions.showScreen('/settings') },
      separator,
      { role: 'services', label: text('menu.services') },
      separator,
      { role: 'hide', label: text('menu.hide') },
      { role: 'hideOthers', label: text('menu.hideOthers') },
      { role: 'unhide', label: text('menu.unhide') },
      separator,
      { role: 'quit', label: text('menu.quit') },
    ],
  }
}

function fileMenu(isMac: boolean, { text }: Translations, actions: ProgramActions): Item {
  return {
    role: 'fileMenu',
    label: text('menu.file'),
    submenu: [
      { label: text('menu.newDelivery'), accelerator: 'CmdOrCtrl+N', click: actions.newDelivery },
      { label: text('menu.importClients'), accelerator: 'CmdOrCtrl+O', click: actions.importClients },
      separator,
      { label: text('menu.openDataFolder'), click: actions.openDataFolder },
      ...(isMac
        ? []
        : [{ label: text('menu.settings'), accelerator: 'Ctrl+,', click: () => actions.showScreen('/settings') }]),
      separator,
      { role: 'close', label: text('menu.close') },
      ...(isMac ? [] : [{ role: 'quit', label: text('menu.quit'), accelerator: 'Ctrl+Q' } as const]),
    ],
  }
}

function editMenu({ text }: Translations): Item {
  return {
    role: 'editMenu',
    label: text('menu.edit'),
    submenu: [
      { role: 'undo', label: text('menu.undo') },
      { role: 'redo', label: text('menu.redo') },
      separator,
      { role: 'cut', label: text('menu.cut') },
      { role: 'copy', label: text('menu.copy') },
      { role: 'paste', label: text('menu.paste') },
      { role: 'delete', label: text('menu.delete') },
      separator,
      { role: 'selectAll', label: text('menu.selectAll') },
    ],
  }
}

function viewMenu(developerTools: boolean, { text }: Translations, actions: ProgramActions): Item {
  return {
    role: 'viewMenu',
    label: text('menu.view'),
    submenu: [
      ...screens.map(([name, path], index) => ({
        label: text(`screen.${name}`),
        accelerator: `CmdOrCtrl+${index + 1}`,
        click: () => actions.showScreen(path),
      })),
      separator,
      { role: 'resetZoom', label: text('menu.resetZoom') },
      { role: 'zoomIn', label: text('menu.zoomIn') },
      { role: 'zoomOut', label: text('menu.zoomOut') },
      separator,
      { role: 'togglefullscreen', label: text('menu.fullscreen') },
      ...(developerTools
        ? [
            separator,
            { role: 'reload', label: text('menu.reload') } as const,
            { role: 'toggleDevTools', label: text('menu.developerTools') } as const,
          ]
        : []),
    ],
  }
}

function windowMenu(isMac: boolean, { text }: Translations): Item {
  return {
    role: 'windowMenu',
    label: text('menu.window'),
    submenu: [
      { role: 'minimize', label: text('menu.minimize') },
      // On other systems the role `zoom` does nothing.
      ...(isMac
        ? [
            { role: 'zoom', label: text('menu.zoom') } as const,
            separator,
            { role: 'front', label: text('menu.front') } as const,
          ]
        : []),
    ],
  }
}

function helpMenu(isMac: boolean, { text }: Translations, actions: ProgramActions): Item {
  return {
    role: 'help',
    label: text('menu.help'),
    submenu: [
      { label: text('menu.copyDiagnostics'), click: actions.copyDiagnostics },
      ...(isMac ? [] : [{ label: text('menu.about'), click: actions.about }]),
    ],
  }
}
