import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The project's folder. */
export const projectFolder = join(import.meta.dirname, '../..')

/** Whether a built file is at least as new as everything that it was made from. Paths are relative to the project. */
export function isFresh(built: string, sources: readonly string[]): boolean {
  const file = join(projectFolder, built)
  if (!existsSync(file)) return false
  const builtAt = statSync(file).mtimeMs
  return globSync([...sources, 'package-lock.json'], { cwd: projectFolder }).every(
    (source) => statSync(join(projectFolder, source)).mtimeMs <= builtAt,
  )
}

const programSources = ['electron/**', 'shared/**', 'renderer/**', 'build/images/**', 'electron.vite.config.ts']

/** Builds the desktop program, unless what is built is as new as its sources; `begin` is called first. */
export async function buildProgram(begin: () => void): Promise<void> {
  if (isFresh('out/main/main.js', programSources)) return
  begin()
  await runBuildTool('electron-vite', 'bin/electron-vite.js', ['build', '--logLevel', 'error'])
}

/**
 * Runs a build tool to its end in a process of its own; throws when it fails. What it says goes to stderr, since stdout belongs to
 * the `ready` line. `bin` is a file of the package.
 */
export async function runBuildTool(packageName: string, bin: string, args: readonly string[]): Promise<void> {
  const folder = dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`))
  const tool = spawn(process.execPath, [join(folder, bin), ...args], {
    cwd: projectFolder,
    stdio: ['ignore', process.stderr, process.stderr],
  })
  const [code] = await once(tool, 'exit')
  if (code !== 0) throw new Error(`${packageName} could not build: exit code ${code}`)
}
