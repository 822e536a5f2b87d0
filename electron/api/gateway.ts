import { maskPhone } from '#shared/domain/phone.ts'
import type { Log } from '../base/log.ts'
import { testMessage } from '../deliveries/test-message.ts'
import type { GatewayControl } from '../gateways-setup/gateway-control.ts'
import { api, type Parts } from './parts.ts'

/** Handlers for the gateway's settings and its channel. */
export function gatewayApi({ store, events }: Parts, control: GatewayControl, log: Log) {
  return {
    get: api.gateway.get.handler(() => control.settings()),
    update: api.gateway.update.handler(async ({ input }) => {
      await control.change(input)
      events.publish({ type: 'changed', entity: 'gateway' })
      return control.settings()
    }),
    test: api.gateway.test.handler(({ input }) => control.test(input)),
    sendTest: api.gateway.sendTest.handler(async ({ input }) => {
      const message = await testMessage(store.read, input)
      const answer = await control.sendTest(message, 'Herald: test message')
      log.info(
        `test message to ${maskPhone(message.phone)}: ${answer.ok ? 'accepted' : `not accepted, ${answer.detail}`}`,
      )
      return { ...answer, text: message.text }
    }),
    previewWebhook: api.gateway.previewWebhook.handler(({ input }) => control.preview(input)),
    channel: api.gateway.channel.handler(() => control.channel()),
    reopen: api.gateway.reopen.handler(() => control.reopen()),
  }
}
