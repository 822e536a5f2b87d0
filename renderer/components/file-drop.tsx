import { type DragEvent, type ReactNode, useState } from 'react'
import classes from './file-drop.module.css'

interface FileDropProps {
  /** What to drop here, for screen readers. */
  readonly label: string
  /** Without padding, for a content with its own frame. */
  readonly compact?: true
  readonly children: ReactNode
  onFile(file: File): void
}

/** An area where a file can be dropped. Its children say so and offer a button as well. */
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
