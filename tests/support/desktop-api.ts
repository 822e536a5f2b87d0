import { createORPCClient } from '@orpc/client'
import { type MessagePortMainLike, RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import type { Electron as ElectronHere } from '#electron/desktop/electron-api.ts'
import type { Contract } from '#shared/contract/index.ts'
import { portWantedChannel } from '#shared/desktop-bridge.ts'
import type { MainProcess } from './desktop-process.ts'
import { type Packed, pack, unpack } from './packed.ts'

/** Installed in the main process: a page of the test. */
interface TestPage {
  /** Returns the messages since the last call, waiting for one; null once the other side has closed the port. */
  next(): Promise<Packed[] | null>
  say(packed: Packed): void
}

/**
 * Returns the contract, called through a port that the main process hands out as it does to its window's page. Resolves
 * once it has the port; the first call shows whether the engine opens.
 */
export async function openApi(main: MainProcess): Promise<ContractRouterClient<Contract>> {
  await main.evaluate(listen, portWantedChannel)
  return createORPCClient(new RPCLink({ port: portTo(main) }))
}

/** Runs in the main process. */
const listen = async ({ ipcMain }: ElectronHere, channel: string): Promise<void> => {
  while (ipcMain.listenerCount(channel) === 0) await new Promise((resolve) => setTimeout(resolve, 10))
  const heard: Packed[] = []
  let isClosed = false
  let wake = (): void => undefined
  const frame = {
    origin: 'herald://console',
    parent: null,
    postMessage(_channel: string, _message: unknown, [port]: Electron.MessagePortMain[]) {
      if (port === undefined) return
      port.on('message', ({ data }) => {
        heard.push(typeof data === 'string' ? { text: data } : { base64: Buffer.from(data).toString('base64') })
        wake()
      })
      port.on('close', () => {
        isClosed = true
        wake()
      })
      port.start()
      const testPage: TestPage = {
        async next() {
          if (heard.length === 0 && !isClosed)
            await new Promise<void>((resolve) => {
              wake = resolve
            })
          return heard.length === 0 ? null : heard.splice(0)
        },
        say: ({ text, base64 }) => port.postMessage(text ?? new Uint8Array(Buffer.from(base64 ?? '', 'base64'))),
      }
      Object.assign(globalThis, { heraldTest: testPage })
    },
  }
  ipcMain.emit(channel, { senderFrame: frame })
}

function portTo(main: MainProcess): MessagePortMainLike {
  const listeners = new Map<string, ((event?: { data: unknown }) => void)[]>()
  let isClosed = false
  const emit = (event: string, data?: { data: unknown }): void => {
    for (const listener of listeners.get(event) ?? []) listener(data)
  }
  async function hear(): Promise<void> {
    for (;;) {
      const heard = await main.evaluate(
        () => (globalThis as unknown as { heraldTest: TestPage }).heraldTest.next(),
        null,
      )
      if (heard === null) return
      for (const packed of heard) emit('message', { data: unpack(packed) })
    }
  }
  // The ports of an ended process are closed.
  const end = (): void => {
    isClosed = true
    emit('close')
  }
  void hear().then(end, end)
  return {
    on: (event: string, listener: (event?: { data: unknown }) => void) =>
      void listeners.set(event, [...(listeners.get(event) ?? []), listener]),
    postMessage(data: string | Uint8Array) {
      if (isClosed) throw new Error('the program is no longer running')
      void main
        .evaluate((_electron, packed) => {
          ;(globalThis as unknown as { heraldTest: TestPage }).heraldTest.say(packed)
        }, pack(data))
        .catch(end)
    },
  }
}
