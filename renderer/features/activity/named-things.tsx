import { Anchor } from '@mantine/core'
import { Fragment } from 'react'
import { Link } from 'react-router'

const named = /\b(delivery|client)=(\d+)\b/g

/** A line of the log, of which each delivery and client that it names leads there. */
export function NamedThings({ text }: { readonly text: string }) {
  const parts = []
  let from = 0
  for (const match of text.matchAll(named)) {
    const [whole, kind, id] = match
    parts.push(<Fragment key={`before ${match.index}`}>{text.slice(from, match.index)}</Fragment>)
    parts.push(
      <Anchor
        key={match.index}
        component={Link}
        to={kind === 'delivery' ? `/deliveries/${id}` : `/clients/${id}`}
        inherit
        onClick={(event) => event.stopPropagation()}
      >
        {whole}
      </Anchor>,
    )
    from = match.index + whole.length
  }
  return (
    <>
      {parts}
      {text.slice(from)}
    </>
  )
}
