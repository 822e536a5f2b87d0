import { lazy, Suspense, useState } from 'react'
import { useKeys, useRunCommand } from './use-commands.ts'

const Palette = lazy(async () => ({ default: (await import('./palette/palette.tsx')).Palette }))
const KeysHelp = lazy(async () => ({ default: (await import('./palette/keys-help.tsx')).KeysHelp }))

interface CommandsOverlayProps {
  /** How often the palette was requested by a click. */
  readonly clicks: number
}

/** The command palette, the shortcuts and their help; the code loads on first use. */
export function CommandsOverlay({ clicks }: CommandsOverlayProps) {
  const [shortcuts, setShortcuts] = useState(0)
  const [isHelpOpen, setIsHelpOpen] = useState(false)
  const openPalette = () => setShortcuts((times) => times + 1)
  const run = useRunCommand({ help: () => setIsHelpOpen(true), palette: openPalette })
  useKeys(run, openPalette)
  const times = clicks + shortcuts
  return (
    <Suspense>
      {times === 0 ? null : <Palette times={times} onRun={run} />}
      {isHelpOpen ? <KeysHelp onClose={() => setIsHelpOpen(false)} /> : null}
    </Suspense>
  )
}
