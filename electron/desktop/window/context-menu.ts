import type { BrowserWindow, ContextMenuParams, MenuItemConstructorOptions } from 'electron'
import type { Electron } from '../electron-api.ts'
import type { Translations } from '../translations.ts'

/** Gives the window's page the context menu of fields and text, which Electron itself does not have. */
export function addContextMenu(electron: Electron, { webContents }: BrowserWindow, texts: () => Translations): void {
  const session = electron.session.defaultSession
  webContents.on('context-menu', (_event, params) => {
    const items = contextItems(params, texts(), {
      replace: (word) => webContents.replaceMisspelling(word),
      learn: (word) => void session.addWordToSpellCheckerDictionary(word),
    })
    if (items.length > 0) electron.Menu.buildFromTemplate(items).popup()
  })
}

/** Suggestions for a misspelt word, and the commands of a field or a selection; no items for anything else. */
function contextItems(
  { dictionarySuggestions, editFlags, isEditable, misspelledWord, selectionText }: ContextMenuParams,
  { text }: Translations,
  { replace, learn }: { replace(word: string): void; learn(word: string): void },
): MenuItemConstructorOptions[] {
  if (!isEditable)
    return selectionText.trim() === '' ? [] : [{ role: 'copy', label: text('menu.copy'), enabled: editFlags.canCopy }]
  const spelling: MenuItemConstructorOptions[] =
    misspelledWord === ''
      ? []
      : [
          ...dictionarySuggestions.map((word) => ({ label: word, click: () => replace(word) })),
          { label: text('spelling.learn', { word: misspelledWord }), click: () => learn(misspelledWord) },
          { type: 'separator' },
        ]
  return [
    ...spelling,
    { role: 'undo', label: text('menu.undo'), enabled: editFlags.canUndo },
    { role: 'redo', label: text('menu.redo'), enabled: editFlags.canRedo },
    { type: 'separator' },
    { role: 'cut', label: text('menu.cut'), enabled: editFlags.canCut },
    { role: 'copy', label: text('menu.copy'), enabled: editFlags.canCopy },
    { role: 'paste', label: text('menu.paste'), enabled: editFlags.canPaste },
    { type: 'separator' },
    { role: 'selectAll', label: text('menu.selectAll'), enabled: editFlags.canSelectAll },
  ]
}
