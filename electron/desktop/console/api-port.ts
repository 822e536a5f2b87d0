import type { MessagePortMainLike } from '@orpc/client/message-port'
import { type AnyRouter, ORPCError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import type { MessagePortMain } from 'electron'
import { portMessage, portWantedChannel } from '#shared/desktop-bridge.ts'
import { isCarriedByRpc } from '../../api/output-stream.ts'
import { reportInvalidInput } from '../../api/validation-errors.ts'
import type { Log } from '../../base/log.ts'
import { belongsToConsole } from './console-address.ts'
import { guardPort } from './guarded-port.ts'

/** One end of a channel as Electron's main process has it. */
export type ApiPort = MessagePortMainLike & Pick<MessagePortMain, 'close' | 'start'>

/** The frame that asks for a port. */
export interface AskingFrame {
  readonly origin: string
  /** Null for the page itself, another frame for one inside it. */
  readonly parent: unknown
  postMessage(channel: string, message: unknown, transfer?: ApiPort[]): void
}

export interface PortParts {
  readonly ipcMain: {
    on(channel: string, listener: (event: { readonly senderFrame: AskingFrame | null }) => void): unknown
  }
  readonly MessageChannelMain: new () => { readonly port1: ApiPort; readonly port2: ApiPort }
}

/**
 * Gives the console, and nobody else, a port that the API answers on; one that the same page had before is closed.
 * The console may ask before the engine is open: what it sends waits in the port until then.
 */
export function handOutApiPorts(electron: PortParts, api: Promise<AnyRouter>, consoleUrl: string, log: Log): void {
  const handler = api.then(
    (router) =>
      new RPCHandler(router, {
        filter: isCarriedByRpc,
        interceptors: [tellOfRefused(log)],
        clientInterceptors: [reportInvalidInput],
      }),
  )
  handler.catch(() => undefined) // who opens the engine says why it did not open
  const ports = new WeakMap<AskingFrame, ApiPort>()

  electron.ipcMain.on(portWantedChannel, ({ senderFrame: frame }) => {
    const refusal = reasonToRefuse(frame, consoleUrl)
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

/** An interceptor: a call that does not get as far as its procedure, which would log it, leaves a line here. */
function tellOfRefused(log: Log) {
  return async <Result extends { readonly matched: boolean }>(call: {
    readonly request: { readonly url: URL; readonly signal?: AbortSignal | undefined }
    next(): Promise<Result>
  }): Promise<Result> => {
    const { pathname } = call.request.url
    try {
      const result = await call.next()
      if (!result.matched) log.warn(`api call refused: there is no ${pathname}`)
      return result
    } catch (error) {
      // What its procedure says is an ORPCError; what is left is an input that could not even be read.
      const isLeft = call.request.signal?.aborted === true
      if (!(error instanceof ORPCError) && !isLeft) log.warn(`api call refused: unreadable input of ${pathname}`)
      throw error
    }
  }
}

function reasonToRefuse(frame: AskingFrame | null, consoleUrl: string): string | null {
  if (frame === null) return 'the frame is gone'
  if (!belongsToConsole(frame.origin, consoleUrl)) return 'foreign origin'
  if (frame.parent !== null) return 'not the top frame'
  return null
}
