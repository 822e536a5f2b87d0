import type { GatewayControl } from '../channel/gateway-control.ts'
import { api, type Parts } from './parts.ts'

/** The gateway's settings and the channel to it. */
export function gatewayApi({ events }: Parts, control: GatewayControl) {
  return {
    get: api.gateway.get.handler(() => control.settings()),
    update: api.gateway.update.handler(async ({ input }) => {
      await control.change(input)
      events.publish({ type: 'changed', entity: 'gateway' })
      return control.settings()
    }),
    test: api.gateway.test.handler(({ input }) => control.test(input)),
    previewWebhook: api.gateway.previewWebhook.handler(({ input }) => control.preview(input)),
    channel: api.gateway.channel.handler(() => control.channel()),
    reopen: api.gateway.reopen.handler(() => control.reopen()),
  }
}
