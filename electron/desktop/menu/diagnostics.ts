import type { GatewaySettings } from '#shared/contract/gateway.ts'
import type { EngineApi } from '../sending-watch.ts'

/** What the program runs on. */
export interface SystemFacts {
  readonly versions: Readonly<Record<string, string | undefined>>
  readonly platform: string
  /** The operating system's own version. */
  readonly release: string
  readonly arch: string
}

/** Returns three lines: `Herald 0.1.0`, the versions of its components, and the system. */
export function versionLines(version: string, { versions, platform, release, arch }: SystemFacts): string[] {
  const component = (name: string, key: string) => `${name} ${versions[key] ?? 'unknown'}`
  return [
    `Herald ${version}`,
    [component('Electron', 'electron'), component('Chromium', 'chrome'), component('Node', 'node')].join(', '),
    `${platform} ${release} ${arch}`,
  ]
}

/**
 * Returns what helps others to understand a problem: versions, counts and settings, always in English. It names no
 * client, delivery, text or token, and only the host of an address. Without the engine it has only versions.
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
    // The reason is left out: it may quote the gateway, and the gateway a client.
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

/** Returns only the host: a login, a path or a query may be secret. */
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
