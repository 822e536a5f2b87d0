import { isFresh, runBuildTool } from '../dev/built-files.ts'

/** Builds the console when it is missing or older than its sources. */
export async function buildConsole(): Promise<void> {
  if (isFresh('out/renderer/index.html', ['renderer/**', 'shared/**'])) return
  process.stderr.write('Building the console…\n')
  await runBuildTool('vite', 'bin/vite.js', ['build', '--config', 'renderer/vite.config.ts', '--logLevel', 'error'])
}

if (import.meta.main) await buildConsole()
