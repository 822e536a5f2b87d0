import { type AnyRouter, ORPCError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import type { MessagePortMain, WebFrameMain } from 'electron'
import { portMessage, portWantedChannel } from '#shared/desktop-bridge.ts'
import { isCarriedByRpc } from '../../api/output-stream.ts'
import { reportInvalidInput } from '../../api/validation-errors.ts'
import type { Log } from '../../base/log.ts'
import type { Electron } from '../electron-api.ts'
import { belongsToConsole } from './addresses.ts'
import { guardPort } from './guarded-port.ts'

/**
 * Gives the console, and no other page, a port on which the API answers. A port that the same page had before is closed.
 * The console may ask before the engine is open: its messages wait in the port until then.
 */
export function handOutApiPorts(
  electron: Pick<Electron, 'ipcMain' | 'MessageChannelMain'>,
  api: Promise<AnyRouter>,
  consoleUrl: string,
  log: Log,
): void {
  const handler = api.then(
    (router) =>
      new RPCHandler(router, {
        filter: isCarriedByRpc,
        interceptors: [logRefusedCalls(log)],
        clientInterceptors: [reportInvalidInput],
      }),
  )
  handler.catch(() => undefined) // the code that opens the engine reports why it did not open
  const ports = new WeakMap<WebFrameMain, MessagePortMain>()

  electron.ipcMain.on(portWantedChannel, ({ senderFrame: frame }) => {
    const refusal = whyRefused(frame, consoleUrl)
    if (frame === null || refusal !== null) {
      log.warn(`api port refused: ${refusal} (${frame?.origin ?? 'no origin'})`)
      return
    }
    const { port1, port2 } = new electron.MessageChannelMain()
    ports.get(frame)?.close()
    ports.set(frame, port1)
    frame.postMessage(portMessage, null, [port2])
    handler.then(
      (rpc) => {
        rpc.upgrade(guardPort(port1, log))
        port1.start()
      },
      () => port1.close(),
    )
  })
}

/** Returns an interceptor that logs calls which do not reach their procedure; the procedure logs all others. */
function logRefusedCalls(log: Log) {
  return async <Result extends { readonly matched: boolean }>(call: {
    readonly request: { readonly url: URL; readonly signal?: AbortSignal | undefined }
    next(): Promise<Result>
  }): Promise<Result> => {
    const { pathname } = call.request.url
    try {
      const result = await call.next()
      if (!result.matched) log.warn(`api call refused: ${pathname} does not exist`)
      return result
    } catch (error) {
      // A procedure throws an ORPCError. Any other error is an input that could not be read.
      const isAborted = call.request.signal?.aborted === true
      if (!(error instanceof ORPCError) && !isAborted) log.warn(`api call refused: unreadable input of ${pathname}`)
      throw error
    }
  }
}

function whyRefused(frame: WebFrameMain | null, consoleUrl: string): string | null {
  if (frame === null) return 'the frame is gone'
  if (!belongsToConsole(frame.origin, consoleUrl)) return 'foreign origin'
  if (frame.parent !== null) return 'not the top frame'
  return null
}
