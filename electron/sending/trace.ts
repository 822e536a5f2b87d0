import { toInstant } from '../base/clock.ts'
import { type ActivityEvent, fieldsOf, type Level, stampOf, traceLine } from '../base/trace-line.ts'
import { httpStatusOf, type Outcome } from '../gateways/gateway.ts'
import type { Finished, Unaccepted } from './results.ts'

/** Collects the lines of `scheduler.log` and passes them on ten times a second. */
export interface Trace {
  add(at: number, events: readonly ActivityEvent[], level?: Level): void
  /** Adds requests as they ended, and what became of the messages that the gateway did not accept. */
  addRequests(results: readonly Finished[], unaccepted: readonly Unaccepted[]): void
  /** Passes on what there is. */
  flush(): void
}

const intervalMs = 100
/** A block of this many characters is passed on at once. */
const maxBlock = 256 * 1024

export function createTrace(write: (lines: string) => void): Trace {
  let block = ''
  let timer: NodeJS.Timeout | undefined

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    if (block === '') return
    const lines = block
    block = ''
    write(lines)
  }

  function addLine(line: string): void {
    block += line
    if (block.length > maxBlock) flush()
    else timer ??= setTimeout(flush, intervalMs)
  }

  return {
    add(at, events, level) {
      for (const event of events) addLine(traceLine(at, event, level))
    },
    addRequests(results, unaccepted) {
      for (const finished of results)
        if (finished.outcome.kind === 'accepted') addLine(acceptedLine(finished, finished.outcome))
      for (const each of unaccepted) addLine(unacceptedLine(each))
    },
    flush,
  }
}

/** Built by hand, since ten thousand of these may come in a second. */
function acceptedLine(
  { claimed: { delivery, message }, startedAt, durationMs, text }: Finished,
  { answer }: Outcome & { kind: 'accepted' },
): string {
  const words = answer.text === '' ? '' : ` ${fieldsOf({ answer: withoutText(answer.text, text) })}`
  return `${stampOf(startedAt + durationMs)} info delivery=${delivery.id} message=${message.id} client=${message.clientId} attempt=${message.attempts + 1} ${answer.protocol}=${answer.code} ms=${durationMs} status=sent${words}\n`
}

function unacceptedLine({ finished, recorded: { verdict, attempt } }: Unaccepted): string {
  const { claimed, outcome, startedAt, durationMs, text } = finished
  const { delivery, message } = claimed
  const ids = { delivery: delivery.id, message: message.id, client: message.clientId }
  const until = verdict.status === 'queued' ? toInstant(verdict.nextAttemptAt) : null
  const at = startedAt + durationMs
  const becomes = { status: verdict.status, until }
  if (outcome.kind === 'accepted' || outcome.kind === 'withheld' || attempt === null)
    return traceLine(at, { ...ids, ...becomes, because: 'withheld' })
  const http = outcome.kind === 'aborted' ? null : httpStatusOf(outcome.answer)
  const request = {
    attempt: message.attempts + 1,
    // A failure of the gateway's own uses up no attempt.
    counted: attempt.counted ? null : 'no',
    http,
    ms: durationMs,
  }
  const words = withoutText(outcome.error.detail, text)
  const reason = { error: outcome.error.code, [http === null ? 'why' : 'answer']: words }
  return traceLine(at, { ...ids, ...request, ...becomes, ...reason }, verdict.status === 'queued' ? 'info' : 'warn')
}

/** A match of this many characters counts as part of the text. */
const minQuote = 8

/**
 * Removes from a gateway's words what they repeat of the text that it was sent, whole or in part, so that the rest can be
 * logged. Finds it as JSON spells it or as it is, with any white space.
 */
export function withoutText(words: string, text: string): string {
  const sent = plain(text)
  const said = plain(words)
  const length = Math.min(minQuote, sent.length)
  if (length === 0) return said
  let kept = ''
  for (let at = 0; at < said.length; ) {
    let end = at + length
    if (end > said.length || !sent.includes(said.slice(at, end))) {
      kept += said.charAt(at)
      at += 1
      continue
    }
    while (end < said.length && sent.includes(said.slice(at, end + 1))) end += 1
    if (!kept.endsWith('<text>')) kept += '<text>'
    at = end
  }
  return kept
}

const escapes: Readonly<Record<string, string>> = { n: ' ', r: ' ', t: ' ', '"': '"', '/': '/', '\\': '\\' }

function plain(text: string): string {
  return text
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\([nrt"/\\])/g, (_, letter: string) => escapes[letter] ?? '')
    .replace(/\s+/g, ' ')
    .trim()
}
