import type { MessagePortMainLike } from '@orpc/client/message-port'
import * as z from 'zod'
import { bodyLimitBytes, callLimitBytes } from '../../base/call-limits.ts'
import type { Log } from '../../base/log.ts'

/** A message of the console that may be passed to the API, its body unpacked. */
type ApiMessage =
  | { readonly i: string; readonly p: z.output<typeof callSchema> | { readonly b: FormData } }
  | z.output<typeof followUpSchema>

/** What `readMessage` found. `id` is the call's, if it could be read, so that the caller can be answered. */
type PortMessage =
  | { readonly kind: 'message'; readonly message: ApiMessage }
  | { readonly kind: 'refusal'; readonly id: string | null; readonly isTooLarge: boolean; readonly reason: string }

/** A sequence number in base 36, as oRPC's link counts its calls. */
const idSchema = z.string().regex(/^[\w-]{1,40}$/)

const callSchema = z.strictObject({
  /** The procedure. */
  u: z.string().regex(/^\/[\w/.-]{1,200}$/),
  /** Headers; `content-type` says how the body is encoded. */
  h: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  b: z.unknown().optional(),
})

const requestSchema = z.strictObject({ i: idSchema, t: z.literal(1).optional(), p: callSchema })
/** What follows a call: an event of an input stream (3), or the cancellation of the call (4). */
const followUpSchema = z.strictObject({
  i: idSchema,
  t: z.literal([3, 4]),
  p: z.strictObject({ e: z.string(), d: z.unknown(), m: z.unknown() }).partial().optional(),
})
const messageSchema = z.union([requestSchema, followUpSchema])

/** Separates the JSON of a message from the file behind it: this byte never occurs in UTF-8. */
const fileMark = 0xff
/** Schemas are checked by recursion, and no input of the contract nests nearly as deep. */
const maxDepth = 64
/** The beginning of a call as oRPC writes it: enough to recognise a huge call without parsing it. */
const callHead = /^\{"i":"([\w-]{1,40})"(?:,"t":1)?(?:,"p":\{"u":"(\/[\w/.-]{1,200})")?/

/**
 * Returns a port that passes on only messages of the API (`readMessage`). A refused message is logged, at most
 * `maxLines` times per port, and its call is answered with an error, so that it does not wait for ever.
 */
export function guardPort(port: MessagePortMainLike, log: Log, maxLines = 100): MessagePortMainLike {
  let lines = 0
  const report = (reason: string): void => {
    lines += 1
    if (lines < maxLines) log.warn(`api message refused: ${reason}`)
    if (lines === maxLines) log.warn('api messages refused: no more lines about this port')
  }
  const receive = async (data: unknown, passOn: (message: ApiMessage) => void): Promise<void> => {
    const read = await readMessage(data)
    if (read.kind === 'message') return passOn(read.message)
    report(read.reason)
    if (read.id !== null) port.postMessage(errorAnswer(read.id, read.isTooLarge))
  }
  return {
    postMessage: (data, transfer) => port.postMessage(data, transfer),
    on: (event, listener) => {
      if (event !== 'message') return port.on(event, listener)
      port.on('message', (arrived) => {
        receive(arrived?.data, (message) => listener({ data: message })).catch((error: unknown) =>
          report(String(error)),
        )
      })
    },
  }
}

/** An error in the format that oRPC's link reads. */
function errorAnswer(id: string, isTooLarge: boolean): string {
  const error = isTooLarge
    ? { status: 413, code: 'PAYLOAD_TOO_LARGE', message: 'The message is too large.' }
    : { status: 400, code: 'BAD_REQUEST', message: 'This is not a message of the API.' }
  return JSON.stringify({ i: id, p: { s: error.status, b: { json: { defined: false, ...error } } } })
}

/**
 * Reads a message of a port. The format is that of oRPC's message port (`@orpc/standard-server-peer`): JSON, then after
 * a mark a form with files. oRPC itself throws an uncaught error for a message that it cannot read, so it is read here
 * first. Refuses, without throwing: what is neither text nor bytes, too large for its call, nested too deeply, no
 * message of this format, or made to reach a prototype. The reason contains nothing of the message.
 */
export async function readMessage(data: unknown): Promise<PortMessage> {
  const bytes = bytesOf(data)
  if (typeof data !== 'string' && bytes === null) return refuse(null, 'neither text nor bytes')
  const mark = bytes?.indexOf(fileMark) ?? -1
  const text = typeof data === 'string' ? data : null
  const textBytes = text === null ? bytes?.subarray(0, mark === -1 ? undefined : mark) : undefined
  const sizeBytes = text === null ? (bytes?.length ?? 0) : Buffer.byteLength(text)

  const head = callHead.exec(text?.slice(0, 300) ?? new TextDecoder().decode(textBytes?.subarray(0, 300)))
  const id = head?.[1] ?? null
  if (sizeBytes > (head?.[2] === undefined ? bodyLimitBytes : callLimitBytes(head[2]))) return tooLarge(id, sizeBytes)

  const json = parse(text ?? new TextDecoder().decode(textBytes))
  if (json === undefined) return refuse(id, 'not JSON')
  const fault = faultIn(json)
  if (fault !== null) return refuse(id, fault)
  const { success, data: message } = messageSchema.safeParse(json)
  if (!success) return refuse(id, 'not a message of the API')
  if (!('p' in message) || message.p === undefined || !('u' in message.p)) return { kind: 'message', message }
  // The beginning may imitate another call than the whole message turns out to be.
  if (sizeBytes > callLimitBytes(message.p.u)) return tooLarge(id, sizeBytes)
  return readBody(message.i, message.p, mark === -1 ? undefined : bytes?.subarray(mark + 1))
}

/** Unpacks a form with files; any other body stays as it is. */
async function readBody(
  id: string,
  call: z.output<typeof callSchema>,
  file: Uint8Array | undefined,
): Promise<PortMessage> {
  const type = call.h?.['content-type']
  if (file === undefined && type === undefined) return { kind: 'message', message: { i: id, p: call } }
  if (typeof type !== 'string' || !type.startsWith('multipart/form-data'))
    return refuse(id, 'a body of an unknown kind')
  try {
    const form = await new Response(new Uint8Array(file ?? []), { headers: { 'content-type': type } }).formData()
    const fault = faultInForm(form)
    return fault === null ? { kind: 'message', message: { i: id, p: { ...call, b: form } } } : refuse(id, fault)
  } catch {
    return refuse(id, 'not a form')
  }
}

function faultInForm(form: FormData): string | null {
  const input = form.get('data')
  if (typeof input !== 'string') return 'a form without an input'
  const json = parse(input)
  return json === undefined ? 'not JSON' : faultIn(json)
}

/** Returns what is wrong with the shape of a value, or null. It does not recurse. */
function faultIn(json: unknown): string | null {
  let level: readonly unknown[] = [json]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDepth) return 'nested too deeply'
    const below: unknown[] = []
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue
      if (reachesPrototype(value)) return 'a name that reaches a prototype'
      for (const inner of Object.values(value)) if (typeof inner === 'object') below.push(inner)
    }
    level = below
  }
  return null
}

/** Whether it has the key `__proto__` or `constructor.prototype`. A key `constructor` alone is allowed. */
function reachesPrototype(value: object): boolean {
  if (Object.hasOwn(value, '__proto__')) return true
  const inner: unknown = Object.hasOwn(value, 'constructor') ? Reflect.get(value, 'constructor') : null
  return typeof inner === 'object' && inner !== null && Object.hasOwn(inner, 'prototype')
}

function bytesOf(data: unknown): Uint8Array | null {
  if (data instanceof Uint8Array) return data
  return data instanceof ArrayBuffer ? new Uint8Array(data) : null
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function tooLarge(id: string | null, bytes: number): PortMessage {
  return { kind: 'refusal', id, isTooLarge: true, reason: `too large (${bytes} bytes)` }
}

function refuse(id: string | null, reason: string): PortMessage {
  return { kind: 'refusal', id, isTooLarge: false, reason }
}
