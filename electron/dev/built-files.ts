import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The project's folder. */
export const projectFolder = join(import.meta.dirname, '../..')

/** Returns whether a built file is at least as new as its sources. Paths are relative to the project. */
export function isFresh(built: string, sources: readonly string[]): boolean {
  const file = join(projectFolder, built)
  if (!existsSync(file)) return false
  const builtAt = statSync(file).mtimeMs
  return globSync([...sources, 'package-lock.json'], { cwd: projectFolder }).every(
    (source) => statSync(join(projectFolder, source)).mtimeMs <= builtAt,
  )
}

const programSources = ['electron/**', 'shared/**', 'renderer/**', 'build/images/**', 'electron.vite.config.ts']

/** Builds the desktop program unless it is up to date. Calls `onBuild` before building. */
export async function buildProgram(onBuild: () => void): Promise<void> {
  if (isFresh('out/main/main.js', programSources)) return
  onBuild()
  await runBuildTool('electron-vite', 'bin/electron-vite.js', ['build', '--logLevel', 'error'])
}

/**
 * Runs a build tool in a child process, and throws if it fails. Its output goes to stderr, since stdout is reserved for the `ready`
 * line. `bin` is a file of the package.
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
