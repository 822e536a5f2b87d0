import type { Channel, GatewayPatch, GatewaySettings } from '#shared/contract/gateway.ts'
import type { Scheduler } from '../scheduler/scheduler.ts'
import { InvalidInputError } from '../store/errors.ts'
import type { GatewaySettingsKeeper } from './gateway-settings.ts'
import { type ConnectionTest, testConnection } from './test-connection.ts'

/** The operator's hand on the gateway. */
export interface GatewayControl {
  settings(): GatewaySettings
  /** Keeps new settings; sending goes by them at once. */
  change(patch: GatewayPatch): Promise<void>
  /** One request with the settings as `patch` would make them; nothing is kept. */
  test(patch: GatewayPatch): Promise<ConnectionTest>
  channel(): Channel
  /** What the sender says of the channel. */
  note(channel: Channel): void
  /** Sets a stopped channel going again. */
  reopen(): Channel
}

export function createGatewayControl(keeper: GatewaySettingsKeeper, scheduler: () => Scheduler): GatewayControl {
  let channel: Channel = { status: 'open', reason: null, since: null }
  const direct = (): void => scheduler().direct(keeper.destination())
  return {
    settings: keeper.read,
    async change(patch) {
      await keeper.change(patch)
      direct()
    },
    async test(patch) {
      const destination = keeper.destination(patch)
      if (destination.kind === 'http') {
        if (destination.url === '')
          throw new InvalidInputError([{ path: 'url', message: 'is required to test the HTTP gateway' }])
        return testConnection(destination)
      }
      return testConnection({ url: await scheduler().sandboxUrl(), token: 'sandbox', timeoutMs: destination.timeoutMs })
    },
    channel: () => channel,
    note: (next) => {
      channel = next
    },
    reopen() {
      channel = { status: 'open', reason: null, since: null }
      direct()
      return channel
    },
  }
}
