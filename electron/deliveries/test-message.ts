import { templateErrorOf } from '#shared/domain/liquid-errors.ts'
import { type MergeTexts, mergeTextsOf, noMergeTexts } from '#shared/domain/merge-values.ts'
import { compileText } from '#shared/domain/template.ts'
import { textFor } from '../sending/client-text.ts'
import { ConflictError, InvalidInputError } from '../store/errors.ts'
import type { StoreReads } from '../store/store.ts'

/** A message that tries a text. */
export interface TestMessage {
  readonly phone: string
  readonly text: string
  readonly client: MergeTexts & { readonly attributes: string | null }
}

interface TestMessageInput {
  readonly phone: string
  /** A template. */
  readonly text: string
  /** The client that the text is rendered for; null for a client of whom only the phone is known. */
  readonly clientId: number | null
}

/** Returns the message that tries a text. Throws `InvalidInputError` on `text`, and `ConflictError` on a listed phone. */
export async function testMessage(
  { audience, doNotContact }: StoreReads,
  { phone, text, clientId }: TestMessageInput,
): Promise<TestMessage> {
  if (await doNotContact.has(phone)) throw new ConflictError({ code: 'phone_on_list', field: 'phone' })
  const compiled = compileText(text)
  if (!compiled.ok) throw new InvalidInputError([{ path: 'text', ...compiled.problem.error }])
  const member = clientId === null ? undefined : await audience.member(clientId)
  const texts = member === undefined ? noMergeTexts : mergeTextsOf(member)
  const client = { ...texts, attributes: member?.attributes ?? null }
  const own = textFor(compiled.text, { ...client, phone: member?.phone ?? phone })
  if (!own.ok) throw new InvalidInputError([{ path: 'text', ...templateErrorOf(own.reason) }])
  return { phone, text: own.text, client }
}
