import type { Log } from '#electron/base/log.ts'

/** Returns a log whose lines the test can read. */
export function readableLog() {
  const lines: string[] = []
  const write = (level: string) => (text: string) => void lines.push(`${level}: ${text}`)
  const log: Log = { info: write('info'), warn: write('warn'), error: write('error') }
  return { log, lines }
}
