import { toInstant } from '../base/clock.ts'
import { type ActivityEvent, fieldsOf, type Level, stampOf, traceLine } from '../base/trace-line.ts'
import type { Outcome } from '../gateways/gateway.ts'
import type { Doubtful, Finished } from './results.ts'
import { withoutText } from './without-text.ts'

/** Gathers the lines of a log and hands them on some times a second, many at once. */
export interface Trace {
  tell(at: number, events: readonly ActivityEvent[], level?: Level): void
  /** Requests as they ended, and what became of the messages of those that the gateway did not accept. */
  tellRequests(results: readonly Finished[], doubtful: readonly Doubtful[]): void
  /** Hands on what there is. */
  flush(): void
}

const everyMs = 100
/** So much is handed on at once. */
const longestBlock = 256 * 1024

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

  function add(line: string): void {
    block += line
    if (block.length > longestBlock) flush()
    else timer ??= setTimeout(flush, everyMs)
  }

  return {
    tell(at, events, level) {
      for (const event of events) add(traceLine(at, event, level))
    },
    tellRequests(results, doubtful) {
      for (const finished of results)
        if (finished.outcome.kind === 'accepted') add(acceptedLine(finished, finished.outcome))
      for (const each of doubtful) add(otherLine(each))
    },
    flush,
  }
}

/** By hand, since these come by the ten thousand a second. */
function acceptedLine(
  { claimed: { delivery, message }, startedAt, durationMs, text }: Finished,
  outcome: Outcome & { kind: 'accepted' },
): string {
  const { httpStatus, answer } = outcome
  const words = answer === '' ? '' : ` ${fieldsOf({ answer: withoutText(answer, text) })}`
  return `${stampOf(startedAt + durationMs)} info delivery=${delivery.id} message=${message.id} client=${message.clientId} attempt=${message.attempts + 1} http=${httpStatus} ms=${durationMs} status=sent${words}\n`
}

function otherLine({ finished, recorded: { verdict, attempt } }: Doubtful): string {
  const { claimed, outcome, startedAt, durationMs, text } = finished
  const { delivery, message } = claimed
  const ids = { delivery: delivery.id, message: message.id, client: message.clientId }
  const until = verdict.status === 'queued' ? toInstant(verdict.nextAttemptAt) : null
  const at = startedAt + durationMs
  const becomes = { status: verdict.status, until }
  if (outcome.kind === 'accepted' || outcome.kind === 'withheld')
    return traceLine(at, { ...ids, ...becomes, because: 'withheld' })
  const http = outcome.kind === 'aborted' ? null : outcome.httpStatus
  const request = {
    attempt: message.attempts + 1,
    // Some failures are the gateway's own and use up no attempt.
    counted: attempt?.counted === false ? 'no' : null,
    http,
    ms: durationMs,
  }
  const words = withoutText(outcome.error.detail, text)
  const reason = { error: outcome.error.code, [http === null ? 'why' : 'answer']: words }
  return traceLine(at, { ...ids, ...request, ...becomes, ...reason }, verdict.status === 'queued' ? 'info' : 'warn')
}
