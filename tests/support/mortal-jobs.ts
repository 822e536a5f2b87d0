import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { BroadcastChannel } from 'node:worker_threads'
import { onTestFinished } from 'vitest'
import { type JobFiles, sourceJobs } from '#electron/scheduler/workers.ts'

export interface MortalJobs {
  readonly files: JobFiles
  /** Makes the sending worker that runs at this moment die of an uncaught error. */
  kill(): void
}

/** The real jobs, of which the one that sends dies at the test's word. `folder` takes their files. */
export async function mortalJobs(folder: string): Promise<MortalJobs> {
  const word = `die ${randomUUID()}`
  const real = (name: string): string => JSON.stringify(pathToFileURL(join(sourceJobs.root, `${name}.ts`)).href)
  await writeFile(join(folder, 'sandbox.ts'), `await import(${real('sandbox')})\n`)
  await writeFile(
    join(folder, 'dispatch.ts'),
    `import { BroadcastChannel } from 'node:worker_threads'
     await import(${real('dispatch')})
     const channel = new BroadcastChannel(${JSON.stringify(word)})
     channel.onmessage = () => { throw new Error('killed by the test') }
     channel.unref()\n`,
  )
  const channel = new BroadcastChannel(word)
  onTestFinished(() => channel.close())
  return { files: { root: folder, extension: 'ts' }, kill: () => channel.postMessage(null) }
}
