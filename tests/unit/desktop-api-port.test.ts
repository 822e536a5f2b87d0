import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { ORPCError, os, type RouterClient } from '@orpc/server'
import { afterEach, beforeEach, expect, it } from 'vitest'
import * as z from 'zod'
import { ownConsoleUrl } from '#electron/desktop/console/addresses.ts'
import { handOutApiPorts } from '#electron/desktop/console/api-port.ts'
import { portMessage, portWantedChannel } from '#shared/desktop-bridge.ts'
import { electronStandIn } from '#tests/support/electron-stand-in.ts'
import { StandInFrame } from '#tests/support/electron-stand-in-ports.ts'
import { readableLog } from '#tests/support/readable-log.ts'

const router = {
  greet: os.input(z.object({ name: z.string().min(2) })).handler(({ input }) => `hello ${input.name}`),
  count: os.handler(async function* () {
    for (const step of [1, 2, 3]) yield step
  }),
  size: os.input(z.instanceof(Blob)).handler(async ({ input }) => (await input.text()).length),
  refuse: os.handler(() => {
    throw new ORPCError('CONFLICT', { data: { field: 'phone', reason: 'taken' } })
  }),
}

let standIn: ReturnType<typeof electronStandIn>
let written: ReturnType<typeof readableLog>
const frames: StandInFrame[] = []

beforeEach(() => {
  standIn = electronStandIn()
  written = readableLog()
})

afterEach(() => {
  for (const frame of frames.splice(0)) if (frame.received.length > 0) frame.port.close()
})

function ask(frame: StandInFrame | null): void {
  if (frame !== null) frames.push(frame)
  standIn.ipcMain.emit(portWantedChannel, { senderFrame: frame })
}

function clientOf(frame: StandInFrame): RouterClient<typeof router> {
  return createORPCClient(new RPCLink({ port: frame.port }))
}

function handOut(api: Parameters<typeof handOutApiPorts>[1] = Promise.resolve(router)): void {
  handOutApiPorts(standIn.electron, api, ownConsoleUrl, written.log)
}

it('the console requests a port and the API answers on it', async () => {
  handOut()
  const page = new StandInFrame('herald://console')

  ask(page)

  expect(page.received).toMatchObject([{ channel: portMessage }])
  expect(page.received[0]?.ports).toHaveLength(1)
  expect(await clientOf(page).greet({ name: 'Anna' })).toBe('hello Anna')
  expect(written.lines).toEqual([])
})

it('the port carries streams, files and typed errors', async () => {
  handOut()
  const page = new StandInFrame('herald://console')
  ask(page)
  const client = clientOf(page)

  const counted: number[] = []
  for await (const step of await client.count()) counted.push(step)

  expect(counted).toEqual([1, 2, 3])
  expect(await client.size(new Blob(['phone\n79001234567\n']))).toBe(18)
  await expect(client.refuse()).rejects.toMatchObject({ code: 'CONFLICT', data: { field: 'phone', reason: 'taken' } })
})

it('an invalid input is answered with the field and the reason', async () => {
  handOut()
  const page = new StandInFrame('herald://console')
  ask(page)

  await expect(clientOf(page).greet({ name: 'A' })).rejects.toMatchObject({
    code: 'VALIDATION',
    data: { issues: [{ path: 'name' }] },
  })
})

it('messages before the engine is open are answered once it is', async () => {
  const opening = Promise.withResolvers<typeof router>()
  handOut(opening.promise)
  const page = new StandInFrame('herald://console')
  ask(page)
  const early = clientOf(page).greet({ name: 'Boris' })

  opening.resolve(router)

  expect(await early).toBe('hello Boris')
})

it('the port is closed if the engine does not open', async () => {
  handOut(Promise.reject(new Error('another process holds the directory')))
  const page = new StandInFrame('herald://console')
  ask(page)

  await new Promise<void>((resolve) => page.port.once('close', resolve))
})

it('a second request closes the first port', async () => {
  handOut()
  const page = new StandInFrame('herald://console')
  ask(page)
  const first = page.port
  const closed = new Promise<void>((resolve) => first.once('close', resolve))

  ask(page)

  await closed
  expect(await clientOf(page).greet({ name: 'Vera' })).toBe('hello Vera')
})

it.each(['https://evil.example', 'file://', 'http://localhost:5173', 'herald://elsewhere', 'null'])(
  'a page at %s gets no port, and the log says so',
  (origin) => {
    handOut()
    const stranger = new StandInFrame(origin)

    ask(stranger)

    expect(stranger.received).toEqual([])
    expect(written.lines).toEqual([`warn: api port refused: foreign origin (${origin})`])
  },
)

it('a frame inside the console gets no port, and the log says so', () => {
  handOut()
  const page = new StandInFrame('herald://console')
  const inside = new StandInFrame('herald://console', page)

  ask(inside)

  expect(inside.received).toEqual([])
  expect(page.received).toEqual([])
  expect(written.lines).toEqual(['warn: api port refused: not the top frame (herald://console)'])
})

it('a frame that is gone gets no port, and the log says so', () => {
  handOut()

  ask(null)

  expect(written.lines).toEqual(['warn: api port refused: the frame is gone (no origin)'])
})
