/**
 * Loaded before the program (`node --import`): after SIGUSR2 the sending worker dies, and so does each following one
 * as it opens the store.
 */
import process from 'node:process'
import { BroadcastChannel, getEnvironmentData, isMainThread, setEnvironmentData, workerData } from 'node:worker_threads'
import sqlite3 from 'sqlite3'

const word = 'workers die while they open the store'
const channel = new BroadcastChannel(word)
const die = (): never => {
  throw new Error('killed by the test')
}

if (isMainThread)
  process.on('SIGUSR2', () => {
    setEnvironmentData(word, true)
    channel.postMessage(null)
  })
else if (workerData?.settings?.storeFile !== undefined) {
  channel.onmessage = die
  const { exec } = sqlite3.Database.prototype
  if (getEnvironmentData(word) === true)
    sqlite3.Database.prototype.exec = function (...statement) {
      setImmediate(die)
      return exec.apply(this, statement)
    }
}
channel.unref()
