import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { BroadcastChannel } from 'node:worker_threads'
import { onTestFinished } from 'vitest'
import { type JobFiles, sourceJobs } from '#electron/scheduler/workers.ts'

export interface MortalJobs {
  readonly files: JobFiles
  /** Ends the running sending worker by an uncaught error. */
  kill(): void
}

/** Returns the real jobs, except that the test can kill the sending one. Their files are in `folder`. */
export async function mortalJobs(folder: string): Promise<MortalJobs> {
  const channelName = `die ${randomUUID()}`
  const real = (name: string): string => JSON.stringify(pathToFileURL(join(sourceJobs.root, `${name}.ts`)).href)
  await writeFile(join(folder, 'sandbox.ts'), `await import(${real('sandbox')})\n`)
  await writeFile(
    join(folder, 'dispatch.ts'),
    `import { BroadcastChannel } from 'node:worker_threads'
     await import(${real('dispatch')})
     const channel = new BroadcastChannel(${JSON.stringify(channelName)})
     channel.onmessage = () => { throw new Error('killed by the test') }
     channel.unref()\n`,
  )
  const channel = new BroadcastChannel(channelName)
  onTestFinished(() => channel.close())
  return { files: { root: folder, extension: 'ts' }, kill: () => channel.postMessage(null) }
}
