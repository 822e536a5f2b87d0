/** Loaded before the program (`node --import`) on systems without signals: a message with a signal's name emits it. */
import process from 'node:process'
import { isMainThread } from 'node:worker_threads'

if (isMainThread) {
  process.on('message', (signal: NodeJS.Signals) => process.emit(signal, signal))
  // The channel alone must not keep the process alive.
  process.channel?.unref()
}
