import type { WireAct } from './wire-server.ts'

/** What a server does with a request. */

export interface Answer {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

/** More bytes than a client should read. */
export const floodBytes = 100 * 1024 * 1024
/** The body that means `sent`. */
export const ok = '{"code":0,"message":"OK"}'

/** A whole answer as sent. */
export function answerOf(
  status: number,
  { headers = { 'content-type': 'application/json' }, body = '' }: Answer = {},
): Buffer {
  const bytes = Buffer.from(body)
  const lines = Object.entries({ 'content-length': bytes.length, ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} As It Is\r\n${lines.join('\r\n')}\r\n\r\n`), bytes])
}

/** The answer that means `sent`, on a connection that is kept. */
export const well: WireAct = (socket) => void socket.write(answerOf(200, { body: ok }))

/** Sends this, and keeps the connection. */
export const says =
  (bytes: string | Buffer): WireAct =>
  (socket) =>
    void socket.write(bytes)

/** Sends this, and closes. */
export const saysAndCloses =
  (bytes: string | Buffer): WireAct =>
  (socket) =>
    void socket.end(bytes)

/** Repeats this until the client disconnects, or has read far more than it should. */
export const floods =
  (begins: string, goesOn: Buffer, bytes = floodBytes): WireAct =>
  (socket) => {
    const flow = (): void => {
      if (!socket.destroyed && socket.bytesWritten < bytes) socket.write(goesOn, flow)
    }
    socket.write(begins, flow)
  }

/** Sends single bytes without end. */
export const dribbles =
  (begins: string, drop: string): WireAct =>
  (socket) => {
    const timer = setInterval(() => socket.write(drop), 3)
    socket.once('close', () => clearInterval(timer))
    socket.write(begins)
  }

/** Sends this, then resets the connection. */
export const resetsAfter =
  (bytes: string): WireAct =>
  (socket) => {
    if (bytes === '') socket.resetAndDestroy()
    else socket.write(bytes, () => setTimeout(() => socket.resetAndDestroy(), 20))
  }

/** Encodes bytes as one chunk of a chunked body. */
export function chunkOf(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])
}
