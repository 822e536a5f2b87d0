/** A message of a port in a form that consists of text. */
export interface Packed {
  readonly text?: string
  readonly base64?: string
}

export function pack(data: string | Uint8Array): Packed {
  return typeof data === 'string' ? { text: data } : { base64: Buffer.from(data).toString('base64') }
}

export function unpack({ text, base64 }: Packed): string | Uint8Array {
  return text ?? new Uint8Array(Buffer.from(base64 ?? '', 'base64'))
}
