import type { MessagePortMainLike } from '@orpc/client/message-port'
import type { Log } from '../../base/log.ts'
import { type ApiMessage, readMessage } from './port-message.ts'

/**
 * A port that hands on only what is a message of the API (`readMessage`). What is refused leaves a line in the log, at most
 * `linesAtMost` of them for a port, and its call ends in an error instead of waiting for ever.
 */
export function guardPort(port: MessagePortMainLike, log: Log, linesAtMost = 100): MessagePortMainLike {
  let lines = 0
  const tell = (reason: string): void => {
    lines += 1
    if (lines < linesAtMost) log.warn(`api message refused: ${reason}`)
    if (lines === linesAtMost) log.warn('api messages refused: no more lines about this port')
  }
  const take = async (data: unknown, handOn: (message: ApiMessage) => void): Promise<void> => {
    const reading = await readMessage(data)
    if (reading.kind === 'message') return handOn(reading.message)
    tell(reading.reason)
    if (reading.id !== null) port.postMessage(answerTo(reading.id, reading.isTooLarge))
  }
  return {
    postMessage: (data, transfer) => port.postMessage(data, transfer),
    on: (event, listener) => {
      if (event !== 'message') return port.on(event, listener)
      port.on('message', (arrived) => {
        take(arrived?.data, (message) => listener({ data: message })).catch((error: unknown) => tell(String(error)))
      })
    },
  }
}

/** An error as oRPC's link reads it. */
function answerTo(id: string, isTooLarge: boolean): string {
  const error = isTooLarge
    ? { status: 413, code: 'PAYLOAD_TOO_LARGE', message: 'This is too large to be taken in.' }
    : { status: 400, code: 'BAD_REQUEST', message: 'This is no message that the program understands.' }
  return JSON.stringify({ i: id, p: { s: error.status, b: { json: { defined: false, ...error } } } })
}
