import * as z from 'zod'
import { bodyLimitBytes, callLimitBytes } from '../../base/call-limits.ts'

/** A message of the console that may go on to the API, its body unpacked. */
export type ApiMessage =
  | { readonly i: string; readonly p: z.output<typeof callSchema> | { readonly b: FormData } }
  | z.output<typeof laterSchema>

export type Reading =
  | { readonly kind: 'message'; readonly message: ApiMessage }
  /** `id` is the call's, where it can be told, so that whoever waits for its answer can be given one. */
  | { readonly kind: 'refusal'; readonly id: string | null; readonly isTooLarge: boolean; readonly reason: string }

/** A sequence number in base 36, as oRPC's link counts its calls. */
const idSchema = z.string().regex(/^[\w-]{1,40}$/)

const callSchema = z.strictObject({
  /** The procedure. */
  u: z.string().regex(/^\/[\w/.-]{1,200}$/),
  /** Kind of the body, above all. */
  h: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  b: z.unknown().optional(),
})

const requestSchema = z.strictObject({ i: idSchema, t: z.literal(1).optional(), p: callSchema })
/** What follows a call: an event of a stream that goes in (3), or the word that nobody waits any more (4). */
const laterSchema = z.strictObject({
  i: idSchema,
  t: z.literal([3, 4]),
  p: z.strictObject({ e: z.string(), d: z.unknown(), m: z.unknown() }).partial().optional(),
})
const messageSchema = z.union([requestSchema, laterSchema])

/** Stands between the JSON of a message and the file that comes with it: no UTF-8 holds this byte. */
const fileMark = 0xff
/** How deep an input may nest: none of the contract's comes near it, and schemas walk down by recursion. */
const deepest = 64
/** The beginning of a call as oRPC writes it: enough to tell a huge one by without reading it. */
const callHead = /^\{"i":"([\w-]{1,40})"(?:,"t":1)?(?:,"p":\{"u":"(\/[\w/.-]{1,200})")?/

/**
 * Reads what came over a port. The wire is that of oRPC's message port (`@orpc/standard-server-peer`): JSON, and after a mark a form
 * with files. It is read here rather than there since whatever cannot be read there is an error that nobody catches. Refused
 * without a throw: what is neither text nor bytes, too heavy for its call, too deep, no message of this wire, or made to reach a
 * prototype. What is refused is told in words of ours alone: nothing of its content.
 */
export async function readMessage(data: unknown): Promise<Reading> {
  const bytes = bytesOf(data)
  if (typeof data !== 'string' && bytes === null) return refuse(null, 'neither text nor bytes')
  const mark = bytes?.indexOf(fileMark) ?? -1
  const text = typeof data === 'string' ? data : null
  const textBytes = text === null ? bytes?.subarray(0, mark === -1 ? undefined : mark) : undefined
  const weight = text === null ? (bytes?.length ?? 0) : Buffer.byteLength(text)

  const head = callHead.exec(text?.slice(0, 300) ?? new TextDecoder().decode(textBytes?.subarray(0, 300)))
  const id = head?.[1] ?? null
  if (weight > (head?.[2] === undefined ? bodyLimitBytes : callLimitBytes(head[2]))) return tooLarge(id, weight)

  const json = parse(text ?? new TextDecoder().decode(textBytes))
  if (json === undefined) return refuse(id, 'not JSON')
  const fault = faultIn(json)
  if (fault !== null) return refuse(id, fault)
  const { success, data: message } = messageSchema.safeParse(json)
  if (!success) return refuse(id, 'not a message of the API')
  if (!('p' in message) || message.p === undefined || !('u' in message.p)) return { kind: 'message', message }
  // The head may have been written to look like another call than the one that the whole turns out to be.
  if (weight > callLimitBytes(message.p.u)) return tooLarge(id, weight)
  return readBody(message.i, message.p, mark === -1 ? undefined : bytes?.subarray(mark + 1))
}

/** A form with files, unpacked; any other body stays as it is. */
async function readBody(id: string, call: z.output<typeof callSchema>, file: Uint8Array | undefined): Promise<Reading> {
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

/** What is wrong with the shape of a value, walked without recursion. */
function faultIn(json: unknown): string | null {
  let level: readonly unknown[] = [json]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return 'nested too deeply'
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

/** `__proto__` as a name, or `constructor.prototype`; a client's own attribute may be called "constructor". */
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

function tooLarge(id: string | null, bytes: number): Reading {
  return { kind: 'refusal', id, isTooLarge: true, reason: `too large (${bytes} bytes)` }
}

function refuse(id: string | null, reason: string): Reading {
  return { kind: 'refusal', id, isTooLarge: false, reason }
}
