import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A child process: a gateway that accepts everything after `latencyMs`, so that a benchmark measures the sender. Prints its port. */
const latencyMs = Number(process.argv[2] ?? 0)
const body = '{"code":0,"message":"OK"}'
const headers = { 'content-type': 'application/json', 'content-length': body.length }

const server = createServer((request, response) => {
  request.resume()
  request.once('end', () => {
    const answer = (): void => {
      response.writeHead(200, headers)
      response.end(body)
    }
    if (latencyMs > 0) setTimeout(answer, latencyMs)
    else answer()
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`))
process.once('disconnect', () => process.exit())
