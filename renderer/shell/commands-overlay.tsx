import { lazy, Suspense, useState } from 'react'
import { useKeys, useRunCommand } from './use-commands.ts'

const Palette = lazy(async () => ({ default: (await import('./palette/palette.tsx')).Palette }))
const KeysHelp = lazy(async () => ({ default: (await import('./palette/keys-help.tsx')).KeysHelp }))

interface CommandsOverlayProps {
  /** How often the palette was requested by a click. */
  readonly asked: number
}

/** The command palette, the shortcuts and their help; the code loads on first use. */
export function CommandsOverlay({ asked }: CommandsOverlayProps) {
  const [byKeys, setByKeys] = useState(0)
  const [isHelpOpen, setIsHelpOpen] = useState(false)
  const openPalette = () => setByKeys((times) => times + 1)
  const run = useRunCommand({ help: () => setIsHelpOpen(true), palette: openPalette })
  useKeys(run, openPalette)
  const times = asked + byKeys
  return (
    <Suspense>
      {times === 0 ? null : <Palette times={times} onRun={run} />}
      {isHelpOpen ? <KeysHelp onClose={() => setIsHelpOpen(false)} /> : null}
    </Suspense>
  )
}
