import { Button, type ButtonProps, Popover } from '@mantine/core'
import { type ReactNode, useState } from 'react'

interface PopoverButtonProps extends Pick<ButtonProps, 'leftSection' | 'rightSection' | 'disabled'> {
  readonly label: string
  /** The width of the popover in pixels. */
  readonly width: number
  /** Called when the button opens or closes the popover. */
  readonly onToggle?: () => void
  readonly children: (close: () => void) => ReactNode
}

/** A small button that opens a popover with a form or a list in it. */
export function PopoverButton({ label, width, onToggle, children, ...button }: PopoverButtonProps) {
  const [opened, setOpened] = useState(false)
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus position="bottom-end" width={width} withinPortal>
      <Popover.Target>
        <Button
          {...button}
          variant="default"
          size="compact-sm"
          aria-expanded={opened}
          onClick={() => {
            onToggle?.()
            setOpened(!opened)
          }}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>{children(() => setOpened(false))}</Popover.Dropdown>
    </Popover>
  )
}
