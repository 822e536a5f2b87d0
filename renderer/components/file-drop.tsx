import { type DragEvent, type ReactNode, useState } from 'react'
import classes from './file-drop.module.css'

interface FileDropProps {
  /** For screen readers: what belongs here. */
  readonly label: string
  /** Close around what it holds, where that has a frame of its own. */
  readonly compact?: true
  readonly children: ReactNode
  onFile(file: File): void
}

/** A place where a file can be dropped; its children say so and offer the other way, a button. */
export function FileDrop({ label, compact, children, onFile }: FileDropProps) {
  const [over, setOver] = useState(false)

  function onDrop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file !== undefined) onFile(file)
  }

  return (
    <section
      className={classes.drop}
      data-over={over || undefined}
      data-compact={compact}
      aria-label={label}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      {children}
    </section>
  )
}
