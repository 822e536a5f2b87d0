import { templateErrorOf } from '#shared/domain/liquid-errors.ts'
import { compileText } from '#shared/domain/template.ts'
import { textFor } from '../sending/client-text.ts'
import { memberById } from '../store/audience/audience-reads.ts'
import { phoneIsListed } from '../store/clients/do-not-contact.ts'
import { ConflictError, InvalidInputError } from '../store/errors.ts'
import type { Reading } from '../store/store.ts'

/** What goes out to try a text. */
export interface TestMessage {
  readonly phone: string
  readonly text: string
  readonly client: { readonly name: string; readonly attributes: string | null }
}

interface Wish {
  readonly phone: string
  /** A template. */
  readonly text: string
  /** As whom the text is to be read; null: as somebody of whom nothing is known but the phone. */
  readonly clientId: number | null
}

/** Makes the message that tries a text. Throws `InvalidInputError` on `text`, and `ConflictError` on a phone that wants no messages. */
export async function testMessage({ sql }: Reading, { phone, text, clientId }: Wish): Promise<TestMessage> {
  if (await phoneIsListed(sql, phone)) throw new ConflictError({ code: 'phone_on_list', field: 'phone' })
  const compiled = compileText(text)
  if (!compiled.ok) throw new InvalidInputError([{ path: 'text', ...compiled.problem.error }])
  const member = clientId === null ? undefined : await memberById(sql, clientId)
  const client = { name: member?.name ?? '', attributes: member?.attributes ?? null }
  const own = textFor(compiled.text, { ...client, phone: member?.phone ?? phone })
  if (!own.ok) throw new InvalidInputError([{ path: 'text', ...templateErrorOf(own.reason) }])
  return { phone, text: own.text, client }
}
