import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { eventually } from './fake-gateway.ts'

/** Returns the lines of one log of a data directory. */
export async function logLines(dataDir: string, name: 'main' | 'scheduler' = 'scheduler'): Promise<string[]> {
  const text = await readFile(join(dataDir, 'logs', `${name}.log`), 'utf8')
  return text.split(/\r?\n/).filter(Boolean)
}

/** Returns the lines of `scheduler.log` with all of these words, as `grep -w` finds them, without their times. */
export async function grep(dataDir: string, ...words: string[]): Promise<string[]> {
  const wanted = words.map((word) => new RegExp(`(^| )${word}( |$)`))
  const lines = await logLines(dataDir)
  return lines
    .filter((line) => wanted.every((word) => word.test(line)))
    .map((line) => line.slice(line.indexOf(' ') + 1))
}

/** Waits until a line matches, and returns all matching lines. */
export async function whenLogged(dataDir: string, ...words: string[]): Promise<string[]> {
  let found: string[] = []
  await eventually(async () => {
    found = await grep(dataDir, ...words)
    if (found.length === 0) throw new Error(`no line with ${words.join(' ')}:\n${(await logLines(dataDir)).join('\n')}`)
  })
  return found
}

/** Returns the content of all log files. */
export async function allLogs(dataDir: string): Promise<string> {
  const folder = join(dataDir, 'logs')
  const names = await readdir(folder)
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  return texts.join('\n')
}
