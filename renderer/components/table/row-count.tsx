import { Text } from '@mantine/core'
import type { ReactNode } from 'react'

/** How many rows a list has, beside its title. Screen readers announce it when it changes. */
export function RowCount({ children }: { readonly children: ReactNode }) {
  return (
    <Text c="dimmed" size="sm" aria-live="polite">
      {children}
    </Text>
  )
}
