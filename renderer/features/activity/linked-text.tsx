import { Anchor } from '@mantine/core'
import { Fragment } from 'react'
import { Link } from 'react-router'

const reference = /\b(delivery|client)=(\d+)\b/g

/** A log line in which each delivery and client is a link to its screen. */
export function LinkedText({ text }: { readonly text: string }) {
  const parts = []
  let from = 0
  for (const match of text.matchAll(reference)) {
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
