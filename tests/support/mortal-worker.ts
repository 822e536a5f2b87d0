/**
 * Loaded before the program (`node --import`): at each SIGUSR2 the sending worker dies of an uncaught error. The rest
 * of the program is unchanged.
 */
import process from 'node:process'
import { BroadcastChannel, isMainThread, workerData } from 'node:worker_threads'

const channel = new BroadcastChannel('the worker that sends dies')
if (isMainThread) process.on('SIGUSR2', () => channel.postMessage(null))
else if (workerData?.settings?.storeFile !== undefined)
  channel.onmessage = () => {
    throw new Error('killed by the test')
  }
channel.unref()
