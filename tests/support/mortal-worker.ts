/**
 * Loaded before the program (`node --import`), it lets a test end the worker that sends from outside: whenever the program hears
 * SIGUSR2, that worker dies of an uncaught error. Everything else is the program as it is.
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
