import type { Channel, GatewayPatch, GatewaySettings } from '#shared/contract/gateway.ts'
import type { WebhookDraft, WebhookPreview, WebhookSample } from '#shared/contract/webhook.ts'
import { createSerialQueue } from '../base/serial-queue.ts'
import type { Outgoing } from '../gateways/gateway.ts'
import type { Destination, Scheduler } from '../scheduler/scheduler.ts'
import { InvalidInputError } from '../store/errors.ts'
import type { Store } from '../store/store.ts'
import type { GatewaySettingsKeeper } from './gateway-settings.ts'
import { previewWebhook } from './preview-webhook.ts'
import { type ConnectionTest, testConnection } from './test-connection.ts'

/** The operator's hand on the gateway. */
export interface GatewayControl {
  settings(): Promise<GatewaySettings>
  /** Keeps new settings; sending goes by them at once. */
  change(patch: GatewayPatch): Promise<void>
  /** One request with the settings as `patch` would make them; nothing is kept. */
  test(patch: GatewayPatch): Promise<ConnectionTest>
  /** One message to the operator's own phone, under the name of a delivery that is being written. */
  sendTest(message: Pick<Outgoing, 'phone' | 'text' | 'client'>, name: string): Promise<ConnectionTest>
  /** What a webhook would send; nothing is kept, nothing goes out. */
  preview(input: {
    readonly webhook: WebhookDraft
    readonly sample?: WebhookSample | undefined
  }): Promise<WebhookPreview>
  channel(): Channel
  /** What the sender says of the channel. */
  note(channel: Channel): void
  /** Sets a stopped channel going again. */
  reopen(): Promise<Channel>
}

export function createGatewayControl(
  keeper: GatewaySettingsKeeper,
  store: Store,
  scheduler: () => Scheduler,
): GatewayControl {
  let channel: Channel = { status: 'open', reason: null, since: null, nextProbeAt: null }
  const directions = createSerialQueue()
  /** One after the other, so that of two at once the newer one stays. */
  const direct = (begin = (): void => undefined): Promise<void> =>
    directions.run(async () => {
      const destination = await keeper.destination()
      begin()
      scheduler().direct(destination)
    })
  async function request(destination: Destination, message?: Outgoing): Promise<ConnectionTest> {
    if (destination.kind === 'gateway') {
      const { address, timeoutMs } = destination
      if (address.kind === 'http' && address.url === '')
        throw new InvalidInputError([{ path: 'url', code: 'gateway_url_missing' }])
      if (address.kind === 'webhook' && address.webhook.url === '')
        throw new InvalidInputError([{ path: 'webhook.url', code: 'webhook_url_missing' }])
      return testConnection(address, timeoutMs, message)
    }
    const sandbox = { kind: 'http', url: await scheduler().sandboxUrl(), token: 'sandbox' } as const
    return testConnection(sandbox, destination.timeoutMs, message)
  }
  return {
    settings: keeper.read,
    async change(patch) {
      await keeper.change(patch)
      await direct()
    },
    test: async (patch) => request(await keeper.destination(patch)),
    sendTest: async ({ phone, text, client }, name) =>
      request(await keeper.destination(), {
        id: await store.write(({ messages }) => messages.reserveId()),
        ...{ phone, text, client, delivery: { id: 0, name } },
      }),
    preview: async ({ webhook, sample }) => previewWebhook(webhook, sample, (await keeper.read()).hasToken),
    channel: () => channel,
    note: (next) => {
      channel = next
    },
    async reopen() {
      await direct(() => {
        // What fails on our own side is not mended by trying the gateway again.
        if (channel.status !== 'failing' && channel.status !== 'blocked')
          channel = { status: 'open', reason: null, since: null, nextProbeAt: null }
      })
      return channel
    },
  }
}
