import { type ClientContext, type ClientLink, createORPCClient, DynamicLink } from '@orpc/client'
import { RPCLink as FetchLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '#shared/contract/index.ts'
import { type DesktopBridge, portMessage } from '#shared/desktop-bridge.ts'

declare global {
  interface Window {
    readonly heraldDesktop?: DesktopBridge
  }
}

type Link = ClientLink<ClientContext>

let link: Promise<Link> | undefined

/** The client of the engine's API: over a message port on the desktop, over `fetch` with a cookie in a browser. */
export const client: ContractRouterClient<Contract> = createORPCClient(
  new DynamicLink(() => {
    link ??= window.heraldDesktop === undefined ? openFetchLink() : openPortLink(window.heraldDesktop)
    return link
  }),
)

async function openFetchLink(): Promise<Link> {
  return new FetchLink({
    url: new URL('/rpc', window.location.origin),
    fetch: (request, init) => fetch(request, { ...init, credentials: 'same-origin' }),
  })
}

async function openPortLink(bridge: DesktopBridge): Promise<Link> {
  const [{ RPCLink: PortLink }, port] = await Promise.all([
    import('@orpc/client/message-port'),
    new Promise<MessagePort>((resolve) => {
      window.addEventListener('message', function onPort(event) {
        // Only our own preload script posts from this window; a frame or an opener has another source.
        const port = event.ports[0]
        if (event.source !== window || event.data !== portMessage || port === undefined) return
        window.removeEventListener('message', onPort)
        resolve(port)
      })
      bridge.requestPort()
    }),
  ])
  // A closed port has lost its other side: the next call requests a new one.
  port.addEventListener('close', () => {
    link = undefined
  })
  const opened = new PortLink({ port })
  port.start()
  return opened
}
