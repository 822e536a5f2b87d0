import type { GatewaySettings } from '#shared/contract/gateway.ts'
import type { EngineApi } from '../sending-watch.ts'

/** What the program runs on. */
export interface SystemFacts {
  readonly versions: Readonly<Record<string, string | undefined>>
  readonly platform: string
  /** Of the system itself. */
  readonly release: string
  readonly arch: string
}

/** `Herald 0.1.0` and what it is made of, a line each. */
export function versionLines(version: string, { versions, platform, release, arch }: SystemFacts): string[] {
  const part = (name: string, key: string) => `${name} ${versions[key] ?? 'unknown'}`
  return [
    `Herald ${version}`,
    [part('Electron', 'electron'), part('Chromium', 'chrome'), part('Node', 'node')].join(', '),
    `${platform} ${release} ${arch}`,
  ]
}

/**
 * What helps somebody else to understand a trouble: versions, counts and settings, in English whatever the console speaks. Nothing of it
 * names a client, a delivery, a text, a token or more of an address than its host. Without the engine, only what is known without it.
 */
export async function diagnose(version: string, system: SystemFacts, api: EngineApi | null): Promise<string> {
  const lines = versionLines(version, system)
  if (api === null) return [...lines, 'The engine is not open', ''].join('\n')
  const [clients, all, gateway, channel, settings, about] = await Promise.all([
    api.clients.count({}),
    api.statistics.general(),
    api.gateway.get(),
    api.gateway.channel(),
    api.settings.get(),
    api.settings.about(),
  ])
  return [
    ...lines,
    `Time zone: ${about.machineTimeZone}`,
    `Clients: ${clients.count}`,
    `Deliveries: ${counted(all.deliveries.total, all.deliveries.byStatus)}`,
    `Messages: ${counted(all.messages.total, all.messages.byStatus)}`,
    `Gateway: ${named(gatewayFacts(gateway))}`,
    // Its reason may hold the gateway's own words, and those a client's.
    `Channel: ${channel.status}`,
    `Settings: ${named({ ...settings, updateFeed: hostOf(settings.updateFeed) })}`,
    '',
  ].join('\n')
}

function gatewayFacts({ kind, url, webhook, ...settings }: GatewaySettings) {
  const { concurrency, timeoutMs, ratePerSecond, interrupted, hasToken, fromEnvironment } = settings
  return {
    kind,
    host: kind === 'sandbox' ? 'none' : hostOf(kind === 'http' ? url : webhook.url),
    hasToken,
    concurrency,
    timeoutMs,
    ratePerSecond: ratePerSecond ?? 'none',
    interrupted,
    fromEnvironment: fromEnvironment.join('+') || 'none',
  }
}

/** Of an address the host alone: a login, a path or a query may hold a secret. */
function hostOf(url: string): string {
  if (url === '') return 'none'
  return URL.canParse(url) ? new URL(url).host : 'unreadable'
}

function counted(total: number, byStatus: Readonly<Record<string, number>>): string {
  const parts = Object.entries(byStatus).filter(([, count]) => count > 0)
  return parts.length === 0 ? String(total) : `${total} (${parts.map(([name, n]) => `${name} ${n}`).join(', ')})`
}

function named(facts: Readonly<Record<string, unknown>>): string {
  return Object.entries(facts)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ')
}
