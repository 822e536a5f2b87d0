import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { assertNever } from '#shared/domain/assert-never.ts'
import { describeError } from '../api/errors.ts'
import { hasPassphrase, lockNow } from '../api/lock.ts'
import { useSettings } from '../api/use-settings.ts'
import { showProblem } from '../components/notice.ts'
import type { Command } from './commands.ts'
import { press } from './pressed-keys.ts'

/** A started sequence expires after this time. */
const sequenceMs = 1_500

/** Runs a command; the caller opens the help and the palette. */
export function useRunCommand(opens: { help(): void; palette(): void }): (command: Command) => void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { change } = useSettings()
  return ({ effect }) => {
    switch (effect.kind) {
      case 'go':
        return void navigate(effect.to)
      case 'choose':
        return change(effect.part)
      case 'help':
        return opens.help()
      case 'lock':
        if (hasPassphrase()) lockNow().catch((error) => showProblem(describeError(error, t)))
        return
      case 'search': {
        // On a screen without a search field, the palette opens, which searches everywhere.
        const input = document.querySelector<HTMLElement>('[data-search]')
        return input === null ? opens.palette() : input.focus()
      }
      default:
        return assertNever(effect)
    }
  }
}

/** Listens for shortcuts, except while the user types or a dialog is open. `onPalette` handles Ctrl+K or ⌘K. */
export function useKeys(run: (command: Command) => void, onPalette: () => void): void {
  const latest = useRef({ run, onPalette })
  latest.current = { run, onPalette }
  useEffect(() => {
    let begun: readonly string[] = []
    let begunAt = 0
    function onKey(event: KeyboardEvent): void {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.code === 'KeyK') {
        event.preventDefault()
        latest.current.onPalette()
        return
      }
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isBusy(event.target)) return
      if (event.timeStamp - begunAt > sequenceMs) begun = []
      const pressed = press(begun, codeOf(event))
      begun = 'begun' in pressed ? pressed.begun : []
      begunAt = event.timeStamp
      if ('command' in pressed) {
        event.preventDefault()
        latest.current.run(pressed.command)
      }
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}

/** `?` and `/` are not at the same place in every layout, so these two are matched by character. */
function codeOf({ key, code, shiftKey }: KeyboardEvent): string {
  if (key === '?') return 'Shift+Slash'
  if (key === '/') return 'Slash'
  return shiftKey ? `Shift+${code}` : code
}

function isBusy(target: EventTarget | null): boolean {
  const typing = 'input, textarea, select, [contenteditable="true"], [role="menu"]'
  const isTyping = target instanceof Element && target.closest(typing) !== null
  return isTyping || document.querySelector('[role="dialog"], [role="alertdialog"]') !== null
}
