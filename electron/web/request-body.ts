import type { IncomingMessage } from 'node:http'
import { invalidInput, Refusal } from './answers.ts'

/** The body as it arrives; throws a 413 once it weighs more than the limit. */
export async function* limitedChunks(request: IncomingMessage, limitBytes: number): AsyncGenerator<Buffer, void> {
  refuseDeclared(request, limitBytes)
  let bytes = 0
  // The connection must outlive a refusal: it has to carry the answer.
  const chunks: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false })
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (bytes > limitBytes) throw tooLarge(limitBytes)
    yield chunk
  }
}

/** Throws a 413 when the body says by itself that it is too large. */
export function refuseDeclared(request: IncomingMessage, limitBytes: number): void {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw tooLarge(limitBytes)
}

/** The whole body in memory. */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = []
  for await (const chunk of limitedChunks(request, limitBytes)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Whether a body follows the headers at all. */
export function hasBody(request: IncomingMessage): boolean {
  return request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0
}

/** Fields of a form, files among them. */
export async function parseForm(body: Buffer<ArrayBuffer>, contentType: string): Promise<FormData> {
  try {
    return await new Response(body, { headers: { 'content-type': contentType } }).formData()
  } catch {
    throw invalidInput([{ path: '', code: 'body_not_form' }])
  }
}

/** JSON, whatever the content type claims; says where it stops being JSON. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw invalidInput([{ path: '', code: 'body_not_utf8' }])
    throw invalidInput([{ path: '', code: 'body_not_json', params: { cause: error.message } }])
  }
}

function tooLarge(limitBytes: number): Refusal {
  return new Refusal(
    413,
    'PAYLOAD_TOO_LARGE',
    `The body is too large: at most ${limitBytes / 1024 / 1024} MB are taken here.`,
  )
}
