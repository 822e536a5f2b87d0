/** Loaded before the program (`node --import`) where a system has no signals: a message with the name of one is heard as it would be. */
import process from 'node:process'
import { isMainThread } from 'node:worker_threads'

if (isMainThread) {
  process.on('message', (signal: NodeJS.Signals) => process.emit(signal, signal))
  // Nobody stays for that alone.
  process.channel?.unref()
}
