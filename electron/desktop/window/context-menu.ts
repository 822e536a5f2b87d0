import type { ContextMenuParams, Menu, MenuItemConstructorOptions, WebContents } from 'electron'
import type { Words } from '../translations.ts'
import type { SpellingSession } from './spelling.ts'

/** What was clicked on, as far as the menu goes by it. */
export type Clicked = Pick<
  ContextMenuParams,
  'dictionarySuggestions' | 'editFlags' | 'isEditable' | 'misspelledWord' | 'selectionText'
>

export interface ContextMenuPart {
  readonly Menu: Pick<typeof Menu, 'buildFromTemplate'>
}

/** The page that is clicked on. */
export type ClickedPage = Pick<WebContents, 'replaceMisspelling'> & {
  on(event: 'context-menu', listener: (event: unknown, clicked: Clicked) => void): unknown
}

/** Gives the page the menu that fields and texts have everywhere else: Electron itself has none. */
export function offerContextMenu(
  electron: ContextMenuPart,
  page: ClickedPage,
  session: Pick<SpellingSession, 'addWordToSpellCheckerDictionary'>,
  words: () => Words,
): void {
  page.on('context-menu', (_event, clicked) => {
    const items = contextItems(clicked, words(), {
      replace: (word) => page.replaceMisspelling(word),
      learn: (word) => void session.addWordToSpellCheckerDictionary(word),
    })
    if (items.length > 0) electron.Menu.buildFromTemplate(items).popup()
  })
}

/** Other spellings for a word that is wrong, and what can be done with a field or a selection; nothing for anything else. */
function contextItems(
  { dictionarySuggestions, editFlags, isEditable, misspelledWord, selectionText }: Clicked,
  { say }: Words,
  { replace, learn }: { replace(word: string): void; learn(word: string): void },
): MenuItemConstructorOptions[] {
  if (!isEditable)
    return selectionText.trim() === '' ? [] : [{ role: 'copy', label: say('menu.copy'), enabled: editFlags.canCopy }]
  const spelling: MenuItemConstructorOptions[] =
    misspelledWord === ''
      ? []
      : [
          ...dictionarySuggestions.map((word) => ({ label: word, click: () => replace(word) })),
          { label: say('spelling.learn', { word: misspelledWord }), click: () => learn(misspelledWord) },
          { type: 'separator' },
        ]
  return [
    ...spelling,
    { role: 'undo', label: say('menu.undo'), enabled: editFlags.canUndo },
    { role: 'redo', label: say('menu.redo'), enabled: editFlags.canRedo },
    { type: 'separator' },
    { role: 'cut', label: say('menu.cut'), enabled: editFlags.canCut },
    { role: 'copy', label: say('menu.copy'), enabled: editFlags.canCopy },
    { role: 'paste', label: say('menu.paste'), enabled: editFlags.canPaste },
    { type: 'separator' },
    { role: 'selectAll', label: say('menu.selectAll'), enabled: editFlags.canSelectAll },
  ]
}
