import { expect, it } from 'vitest'
import { startDesktop } from '#tests/support/in-process-desktop.ts'

const editFlags = {
  canUndo: true,
  canRedo: false,
  canCut: true,
  canCopy: true,
  canPaste: true,
  canDelete: true,
  canSelectAll: true,
  canEditRichly: false,
}
const nothing = { dictionarySuggestions: [], editFlags, isEditable: false, misspelledWord: '', selectionText: '' }
const wrong = { ...nothing, isEditable: true, misspelledWord: 'Helo', dictionarySuggestions: ['Hello', 'Help'] }

interface Item {
  readonly label?: string
  readonly role?: string
  readonly enabled?: boolean
  click?(): void
}

it('the spell check is off until the user chooses it, so that nothing is downloaded', async () => {
  const { spelling } = await startDesktop()
  expect(spelling).toMatchObject({ isOn: false, languages: [] })
})

it('the spell check uses the languages of the system and of the console, while it is on', async () => {
  const { spelling, scripted } = await startDesktop({
    electron: { languages: ['ru-RU', 'en'] },
    settings: { spellCheck: true },
  })
  await expect.poll(() => spelling).toMatchObject({ isOn: true, languages: ['ru', 'en-GB'] })
  await expect
    .poll(() => {
      scripted.choose({ spellCheck: false })
      return spelling.isOn
    })
    .toBe(false)
})

it('on macOS the system checks the spelling', async () => {
  const { spelling } = await startDesktop({ program: { platform: 'darwin' } })
  expect(spelling).toMatchObject({ isOn: true, languages: [] })
})

it('the context menu of a misspelt word offers suggestions and to learn it', async () => {
  const { windows, popups, spelling } = await startDesktop()
  const page = windows[0]?.webContents
  page?.emit('context-menu', {}, wrong)
  const items = popups[0] as readonly Item[]
  expect(items.slice(0, 3).map(({ label }) => label)).toEqual(['Hello', 'Help', 'Add “Helo” to dictionary'])
  items[0]?.click?.()
  items[2]?.click?.()
  expect(page?.replaced).toEqual(['Hello'])
  expect(spelling.learned).toEqual(['Helo'])
})

it('the context menu of a field offers its commands in the console’s language', async () => {
  const { windows, popups } = await startDesktop({ settings: { language: 'ru' } })
  await expect
    .poll(() => {
      popups.length = 0
      windows[0]?.webContents.emit('context-menu', {}, { ...nothing, isEditable: true })
      return (popups[0] as readonly Item[]).flatMap(({ label }) => label ?? [])
    })
    .toEqual(['Отменить', 'Повторить', 'Вырезать', 'Копировать', 'Вставить', 'Выделить всё'])
  expect((popups[0] as readonly Item[]).find(({ role }) => role === 'redo')?.enabled).toBe(false)
})

it('the context menu of selected text offers to copy it; other places have no menu', async () => {
  const { windows, popups } = await startDesktop()
  windows[0]?.webContents.emit('context-menu', {}, nothing)
  expect(popups).toEqual([])
  windows[0]?.webContents.emit('context-menu', {}, { ...nothing, selectionText: '+7 900' })
  expect((popups[0] as readonly Item[]).map(({ role }) => role)).toEqual(['copy'])
})
