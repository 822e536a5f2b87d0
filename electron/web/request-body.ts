import type { IncomingMessage } from 'node:http'
import { HttpError, invalidInput } from './answers.ts'

/** Yields the body as it arrives. Throws a 413 when it exceeds the limit. */
export async function* limitedChunks(request: IncomingMessage, limitBytes: number): AsyncGenerator<Buffer, void> {
  checkDeclaredSize(request, limitBytes)
  let bytes = 0
  // The connection must survive an error, because it carries the response.
  const chunks: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false })
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (bytes > limitBytes) throw tooLarge(limitBytes)
    yield chunk
  }
}

/** Throws a 413 when the declared size exceeds the limit. */
export function checkDeclaredSize(request: IncomingMessage, limitBytes: number): void {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw tooLarge(limitBytes)
}

/** Reads the whole body into memory. Throws a 413 when it exceeds the limit. */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = []
  for await (const chunk of limitedChunks(request, limitBytes)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Whether the request has a body. */
export function hasBody(request: IncomingMessage): boolean {
  return request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0
}

/** Returns the fields and files of a form. Throws a 400 when the body is not a form. */
export async function parseForm(body: Buffer<ArrayBuffer>, contentType: string): Promise<FormData> {
  try {
    return await new Response(body, { headers: { 'content-type': contentType } }).formData()
  } catch {
    throw invalidInput([{ path: '', code: 'body_not_form' }])
  }
}

/** Parses JSON, regardless of the content type. Throws a 400 with the position of the syntax error. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw invalidInput([{ path: '', code: 'body_not_utf8' }])
    throw invalidInput([{ path: '', code: 'body_not_json', params: { cause: error.message } }])
  }
}

function tooLarge(limitBytes: number): HttpError {
  return new HttpError(
    413,
    'PAYLOAD_TOO_LARGE',
    `The body is too large: at most ${limitBytes / 1024 / 1024} MB are accepted here.`,
  )
}
