import type { IncomingMessage } from 'node:http'
import { createRouterClient } from '@orpc/server'
import type { OptOutReport } from '#shared/contract/do-not-contact.ts'
import { reportInvalidInput } from '../api/validation-errors.ts'
import { bodyLimitBytes } from '../base/call-limits.ts'
import type { Engine } from '../engine.ts'
import { invalidInput, Refusal } from './answers.ts'
import { parseJson } from './request-body.ts'
import { refusalOf, withFileOf } from './uploaded-file.ts'

/** Puts the phones of a request on the do-not-contact list: a file as it is, a form with one, or JSON. `left` ends it midway. */
export function optOut(
  api: Engine['api'],
  request: IncomingMessage,
  uploadsDir: string,
  left: AbortSignal,
): Promise<OptOutReport> {
  return withFileOf(request, uploadsDir, async (file) => {
    if (file.size === 0) throw invalidInput([{ path: 'phones', message: 'is required' }])
    const client = createRouterClient(api, { interceptors: [reportInvalidInput] })
    try {
      return await client.clients.optOut(await inputOf(file), { signal: left })
    } catch (error) {
      throw refusalOf(error)
    }
  })
}

/** No phone begins like JSON, whatever the content type says: `curl -d` calls everything a form. */
async function inputOf(file: File): Promise<{ phones: File | string | string[] }> {
  if (!/^\s*[[{]/.test(await file.slice(0, 100).text())) return { phones: file }
  if (file.size > bodyLimitBytes)
    throw new Refusal(413, 'PAYLOAD_TOO_LARGE', 'JSON of this size is not taken here: send the list itself as a file.')
  const parsed = parseJson(Buffer.from(await file.arrayBuffer()))
  // The contract checks what this is.
  return (Array.isArray(parsed) ? { phones: parsed } : parsed) as { phones: string[] }
}
