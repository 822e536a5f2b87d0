import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'

const typingPauseMs = 200

interface SearchInputProps {
  readonly label: string
  readonly search: string
  readonly width?: string
  /** Called when the typing rests. */
  onSearch(search: string): void
}

/** What narrows a list to what one types. */
export function SearchInput({ label, search, width = '15rem', onSearch }: SearchInputProps) {
  const [typed, setTyped] = useState(search)
  const settle = useDebouncedCallback(onSearch, typingPauseMs)
  const input = useRef<HTMLInputElement>(null)
  // The filter can change from outside, by "clear filters"; what changes under one's fingers is an echo that lacks the latest letters.
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
        settle(event.currentTarget.value.trim())
      }}
    />
  )
}
