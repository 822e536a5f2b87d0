import { type ActivityReason, activityReasons } from '#shared/domain/activity-reasons.ts'

/**
 * What happened to a delivery, a message or a client: names and values in the order in which they are to be read. `delivery`,
 * `message` and `client` are ids; a line is about the last of them, or about `messages`, so many at once. `because` is one of our own reasons, which
 * the log gives in words under `why`. `changes` are for the journal alone: the log holds no texts and no personal data.
 */
export type ActivityEvent = Readonly<Record<string, string | number | null>> & {
  readonly because?: ActivityReason | null
}

export type Level = 'info' | 'warn' | 'error'

let lastAt = Number.NaN
let lastStamp = ''

/** The moment as a log writes it. Thousands of lines share their millisecond. */
export function stampOf(at: number): string {
  if (at !== lastAt) {
    lastStamp = new Date(at).toISOString()
    lastAt = at
  }
  return lastStamp
}

/** One line of `scheduler.log`, its end included: `2026-11-23T10:00:00.000Z info delivery=1 message=5 status=sent`. What is null is left out. */
export function traceLine(at: number, event: ActivityEvent, level: Level = 'info'): string {
  return `${stampOf(at)} ${level} ${fieldsOf(event)}\n`
}

/** The names and values alone: `delivery=1 message=5 status=sent`. */
export function fieldsOf(event: ActivityEvent): string {
  let fields = ''
  for (const name in event) {
    const value = event[name]
    if (value == null || name === 'changes') continue
    const [shown, words] = name === 'because' ? ['why', activityReasons[value as ActivityReason]] : [name, value]
    fields += `${fields === '' ? '' : ' '}${shown}=${typeof words === 'number' ? words : quoted(words)}`
  }
  return fields
}

/** Words in quotation marks as JSON has them, so that nothing that a gateway says can end a line or pass for another field. */
function quoted(value: string): string {
  if (/^[\w.:,+/-]+$/.test(value)) return value
  // Those that JSON lets through can still command a terminal.
  return JSON.stringify(value).replace(/\p{Cc}/gu, (control) => `\\u00${control.charCodeAt(0).toString(16)}`)
}
