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

/** What the user can do with the gateway. */
export interface GatewayControl {
  settings(): Promise<GatewaySettings>
  /** Stores new settings; sending uses them immediately. */
  change(patch: GatewayPatch): Promise<void>
  /** Sends one request with `patch` over the settings; stores nothing. */
  test(patch: GatewayPatch): Promise<ConnectionTest>
  /** Sends one message to the user's own phone, with the name of the delivery that is being written. */
  sendTest(message: Pick<Outgoing, 'phone' | 'text' | 'client'>, name: string): Promise<ConnectionTest>
  /** Returns the request that a webhook would send; stores and sends nothing. */
  preview(input: {
    readonly webhook: WebhookDraft
    readonly sample?: WebhookSample | undefined
  }): Promise<WebhookPreview>
  channel(): Channel
  /** The sender's report about the channel. */
  note(channel: Channel): void
  /** Resumes a stopped channel. */
  reopen(): Promise<Channel>
}

export function createGatewayControl(
  keeper: GatewaySettingsKeeper,
  store: Store,
  scheduler: () => Scheduler,
): GatewayControl {
  let channel: Channel = { status: 'open', reason: null, since: null, nextProbeAt: null }
  const directions = createSerialQueue()
  /** Changes run one after the other, so that the later of two wins. */
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
        // After a failure on our side, another request to the gateway would not help.
        if (channel.status !== 'failing' && channel.status !== 'blocked')
          channel = { status: 'open', reason: null, since: null, nextProbeAt: null }
      })
      return channel
    },
  }
}
