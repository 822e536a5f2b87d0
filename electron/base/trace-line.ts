import { type ActivityReason, activityReasons } from '#shared/domain/activity-reasons.ts'

/**
 * An event of a delivery, a message or a client: names and values in reading order. `delivery`, `message` and `client` are ids. The
 * subject is the last of them, or several `messages`. The log shows the text of `because` as `why`. `changes` are only for the journal:
 * the log contains no texts or personal data.
 */
export type ActivityEvent = Readonly<Record<string, string | number | null>> & {
  readonly because?: ActivityReason | null
}

export type Level = 'info' | 'warn' | 'error'

let lastAt = Number.NaN
let lastStamp = ''

/** Formats an instant (ms) for the log. It is cached, since thousands of lines have the same millisecond. */
export function stampOf(at: number): string {
  if (at !== lastAt) {
    lastStamp = new Date(at).toISOString()
    lastAt = at
  }
  return lastStamp
}

/**
 * Returns one line of `scheduler.log` with its line end: `2026-11-23T10:00:00.000Z info delivery=1 message=5 status=sent`. Null values
 * are omitted.
 */
export function traceLine(at: number, event: ActivityEvent, level: Level = 'info'): string {
  return `${stampOf(at)} ${level} ${fieldsOf(event)}\n`
}

/** Returns only the names and values: `delivery=1 message=5 status=sent`. */
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

/** Quotes a value as JSON, so that a gateway's text cannot end a line or look like another field. */
function quoted(value: string): string {
  if (/^[\w.:,+/-]+$/.test(value)) return value
  // JSON allows control characters that terminals interpret.
  return JSON.stringify(value).replace(/\p{Cc}/gu, (control) => `\\u00${control.charCodeAt(0).toString(16)}`)
}
