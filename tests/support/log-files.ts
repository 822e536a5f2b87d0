import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { eventually } from './fake-gateway.ts'

/** The lines of one log of a data directory, as they stand. */
export async function logLines(dataDir: string, name: 'main' | 'scheduler' = 'scheduler'): Promise<string[]> {
  const text = await readFile(join(dataDir, 'logs', `${name}.log`), 'utf8')
  return text.split(/\r?\n/).filter(Boolean)
}

/** What `grep -w` finds in `scheduler.log` for all of these words, without the moment of each line. */
export async function grep(dataDir: string, ...words: string[]): Promise<string[]> {
  const wanted = words.map((word) => new RegExp(`(^| )${word}( |$)`))
  const lines = await logLines(dataDir)
  return lines
    .filter((line) => wanted.every((word) => word.test(line)))
    .map((line) => line.slice(line.indexOf(' ') + 1))
}

/** Waits until a line is found, and gives back all that are. */
export async function whenLogged(dataDir: string, ...words: string[]): Promise<string[]> {
  let found: string[] = []
  await eventually(async () => {
    found = await grep(dataDir, ...words)
    if (found.length === 0) throw new Error(`no line with ${words.join(' ')}:\n${(await logLines(dataDir)).join('\n')}`)
  })
  return found
}

/** Every byte of every log file, whatever its name. */
export async function allLogs(dataDir: string): Promise<string> {
  const folder = join(dataDir, 'logs')
  const names = await readdir(folder)
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  return texts.join('\n')
}
