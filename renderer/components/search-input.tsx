import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'

const typingPauseMs = 200

interface SearchInputProps {
  readonly label: string
  readonly search: string
  readonly width?: string
  /** Called after a pause in typing. */
  onSearch(search: string): void
}

/** A search field that filters a list while the user types. */
export function SearchInput({ label, search, width = '15rem', onSearch }: SearchInputProps) {
  const [typed, setTyped] = useState(search)
  const searchLater = useDebouncedCallback(onSearch, typingPauseMs)
  const input = useRef<HTMLInputElement>(null)
  // The filter can change from outside ("clear filters"). While the field has the focus, the change is only an echo
  // without the latest letters.
  useEffect(() => {
    if (document.activeElement !== input.current) setTyped((old) => (old.trim() === search ? old : search))
  }, [search])
  return (
    <TextInput
      ref={input}
      w={width}
      type="search"
      data-search
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={15} aria-hidden="true" />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        searchLater(event.currentTarget.value.trim())
      }}
    />
  )
}
