import { Pool } from 'undici'
import { measure, peakMegabytes } from './measure.ts'

/** A child process: a bare undici loop that sends the same requests, and stores and checks nothing. */
const [url = '', concurrency = '', messages = ''] = process.argv.slice(2)
const { origin, pathname } = new URL(url)
const total = Number(messages)
const pool = new Pool(origin, { connections: Number(concurrency), pipelining: 1 })
const headers = { authorization: 'Bearer token', 'content-type': 'application/json' }
let next = 0

async function loop(): Promise<void> {
  while (next < total) {
    next += 1
    const body = JSON.stringify({ id: next, phone: 79_000_000_000 + next, text: 'Hello from the bench' })
    const answer = await pool.request({ path: `${pathname}/${next}`, method: 'POST', headers, body })
    await answer.body.json()
  }
}

const cost = await measure(async () => {
  await Promise.all(Array.from({ length: Number(concurrency) }, loop))
})
await pool.destroy()
process.send?.({ ...cost, peakMegabytes: peakMegabytes() })
process.disconnect()
