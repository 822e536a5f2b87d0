import * as z from 'zod'
import {
  type GatewayPatch,
  type GatewaySettings,
  gatewayKinds,
  gatewayPatchSchema,
  type InterruptedPolicy,
  interruptedPolicies,
  sandboxSchema,
} from '#shared/contract/gateway.ts'
import { webhookDraftSchema } from '#shared/contract/webhook.ts'
import { CodedError } from '#shared/errors/coded-error.ts'
import { type SecretBox, SecretsUnavailableError } from '../base/secret-box.ts'
import { createSerialQueue } from '../base/serial-queue.ts'
import type { Destination } from '../scheduler/scheduler.ts'
import { ConflictError } from '../store/errors.ts'
import type { Store } from '../store/store.ts'

const key = 'gateway'

/** The journal records only that the token or a request changed, never the values. */
const secrets: readonly (keyof Stored)[] = ['sealedToken', 'webhook']

/** The settings in the store; missing fields get their defaults. */
const storedSchema = z.object({
  kind: z.enum(gatewayKinds).default('sandbox'),
  url: z.string().default(''),
  sealedToken: z.string().nullable().default(null),
  concurrency: z.int().default(32),
  timeoutMs: z.int().default(10_000),
  ratePerSecond: z.int().nullable().default(null),
  interrupted: z.enum(interruptedPolicies).default('resend'),
  sandbox: sandboxSchema.default({ latencyMs: 20, errorRate: 0, ratePerSecond: null }),
  webhook: webhookDraftSchema.prefault({ url: '' }),
})
type Stored = z.output<typeof storedSchema>

/** The settings that environment variables fix. */
export interface GatewayOverrides {
  readonly gatewayUrl?: string | undefined
  readonly gatewayToken?: string | undefined
}

export interface GatewaySettingsKeeper {
  /** What the user may see: never the token. */
  read(): Promise<GatewaySettings>
  /** What happens to messages that were in flight at a crash. */
  interrupted(): InterruptedPolicy
  /** Changes and stores the settings. Throws `ConflictError` for a field that the environment fixes. */
  change(patch: GatewayPatch): Promise<void>
  /** Returns where messages go with these settings; `patch` overrides them for a test. */
  destination(patch?: GatewayPatch): Promise<Destination>
}

/** An environment variable is invalid; the message names it. */
class BadEnvironmentError extends CodedError {}

/** Reads the gateway's settings once and writes changes to the store. Throws `BadEnvironmentError`. */
export async function openGatewaySettings(
  store: Store,
  box: SecretBox,
  overrides: GatewayOverrides,
): Promise<GatewaySettingsKeeper> {
  let stored = storedSchema.parse((await store.read.settings.get(key)) ?? {})
  const environment = readEnvironment(overrides)
  const { url: environmentUrl, token: environmentToken } = environment

  const token = async ({ sealedToken }: Stored): Promise<string> =>
    environmentToken ?? (sealedToken === null ? '' : openOrNone(box, sealedToken))
  const url = (settings: Stored): string => environmentUrl ?? settings.url
  const changes = createSerialQueue()
  // An address in the environment selects the gateway at that address.
  const kind = (settings: Stored): Stored['kind'] => (environmentUrl === undefined ? settings.kind : 'http')

  return {
    async read() {
      const settings = stored
      const present = await token(settings)
      return {
        kind: kind(settings),
        url: url(settings),
        hasToken: present !== '',
        tokenExpiresAt: expiryOf(present),
        concurrency: settings.concurrency,
        timeoutMs: settings.timeoutMs,
        ratePerSecond: settings.ratePerSecond,
        interrupted: settings.interrupted,
        sandbox: settings.sandbox,
        webhook: settings.webhook,
        fromEnvironment: [
          ...(environmentUrl === undefined ? [] : ['url' as const]),
          ...(environmentToken === undefined ? [] : ['token' as const]),
        ],
      }
    },
    interrupted: () => stored.interrupted,
    async change(patch) {
      refuseHeld(environment, patch)
      // Merged only in its turn, so that neither of two concurrent changes undoes the other.
      await changes.run(async () => {
        // Before the transaction: other writes must not wait while the keyring asks for its password.
        const sealed = await sealedToken(box, patch)
        stored = await store.write(async (writes) => {
          const next = { ...merged(stored, patch), ...sealed }
          if (kind(next) === 'http' && url(next) === '')
            throw new ConflictError({ code: 'gateway_url_missing', field: 'url' })
          if (kind(next) === 'webhook' && next.webhook.url === '')
            throw new ConflictError({ code: 'webhook_url_missing', field: 'webhook.url' })
          await writes.settings.set(key, next)
          writes.recordEdit({ settings: 'gateway' }, stored, next, secrets)
          return next
        })
      })
    },
    async destination(patch = {}) {
      const settings = merged(stored, patch)
      const { concurrency, timeoutMs, ratePerSecond, sandbox, webhook } = settings
      const limits = { concurrency, timeoutMs, ratePerSecond }
      const present = kind(settings)
      if (present === 'sandbox') return { kind: 'sandbox', behaviour: sandbox, ...limits }
      // A token for a test is not stored, so it needs no keyring.
      const secret = environmentToken ?? patch.token ?? (await token(settings))
      return {
        kind: 'gateway',
        address:
          present === 'http'
            ? { kind: 'http', url: url(settings), token: secret }
            : { kind: 'webhook', webhook, token: secret },
        ...limits,
      }
    },
  }
}

interface Environment {
  readonly url: string | undefined
  readonly token: string | undefined
}

/** Returns what the environment fixes. Throws `BadEnvironmentError`. */
function readEnvironment({ gatewayUrl, gatewayToken }: GatewayOverrides): Environment {
  const url = gatewayUrl?.trim() || undefined
  if (!gatewayPatchSchema.shape.url.safeParse(url).success)
    throw new BadEnvironmentError({ code: 'environment_url', params: { value: String(url) } })
  const token = gatewayToken?.trim() || undefined
  if (!gatewayPatchSchema.shape.token.safeParse(token).success)
    throw new BadEnvironmentError({ code: 'environment_token' })
  return { url, token }
}

/** Throws `ConflictError` if a patch changes what the environment fixes. */
function refuseHeld({ url, token }: Environment, patch: GatewayPatch): void {
  if (url !== undefined && patch.url !== undefined && patch.url !== url) throw held('url', 'HERALD_GATEWAY_URL')
  if (url !== undefined && patch.kind !== undefined && patch.kind !== 'http') throw held('kind', 'HERALD_GATEWAY_URL')
  if (token !== undefined && patch.token !== undefined) throw held('token', 'HERALD_GATEWAY_TOKEN')
}

/** Returns the settings with a patch applied, but not its token: the schema leaves it out, and it is stored sealed. */
function merged(stored: Stored, { sandbox, ...patch }: GatewayPatch): Stored {
  return storedSchema.parse({
    ...stored,
    ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)),
    sandbox: { ...stored.sandbox, ...sandbox },
  })
}

/** A token that the other host sealed, or whose keyring is locked, counts as missing, and the user sees that. */
async function openOrNone(box: SecretBox, sealed: string): Promise<string> {
  try {
    return await box.open(sealed)
  } catch {
    return ''
  }
}

/** Returns the change of the token: none, removed or another one. Throws `ConflictError` if it cannot be sealed. */
async function sealedToken(
  box: SecretBox,
  { token, keyFile }: GatewayPatch,
): Promise<Partial<Pick<Stored, 'sealedToken'>>> {
  if (token === undefined) return {}
  if (token === '') return { sealedToken: null }
  try {
    return { sealedToken: await box.seal(token, keyFile === true) }
  } catch (error) {
    if (error instanceof SecretsUnavailableError) throw new ConflictError({ ...error.error, field: 'token' })
    throw error
  }
}

function held(field: string, variable: string): ConflictError {
  return new ConflictError({ code: 'set_by_environment', params: { variable }, field })
}

/** Returns when a JWT expires (`exp`, RFC 7519); null for anything else. */
export function expiryOf(token: string): string | null {
  const payload = token.split('.')[1]
  if (payload === undefined) return null
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
    const exp = typeof claims === 'object' && claims !== null && 'exp' in claims ? claims.exp : undefined
    return typeof exp === 'number' && Math.abs(exp) < 8.64e12 ? new Date(exp * 1000).toISOString() : null
  } catch {
    return null
  }
}
