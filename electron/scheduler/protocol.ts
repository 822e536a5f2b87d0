import type { MessagePort } from 'node:worker_threads'
import type { InterruptedPolicy, SandboxBehaviour } from '#shared/contract/gateway.ts'
import type { RetryPolicy } from '#shared/domain/retry-policy.ts'
import type { GatewayAddress } from '../gateways/open-gateway.ts'
import type { SenderReport } from '../sending/sender.ts'

/** The limits of sending. */
export interface SendingLimits {
  readonly concurrency: number
  readonly timeoutMs: number
  readonly ratePerSecond: number | null
}

/** Where the sending worker sends to, and its limits. */
export interface SendingTarget extends SendingLimits {
  readonly address: GatewayAddress
}

/** The `workerData` of a worker. */
export interface WorkerStart<Settings> {
  readonly port: MessagePort
  readonly settings: Settings
}

export interface DispatchSettings {
  readonly storeFile: string
  readonly retryPolicy: RetryPolicy
  /** What becomes of messages that a dead sender left in flight. */
  readonly interrupted: InterruptedPolicy
}

export type ToDispatch =
  | { readonly type: 'aim'; readonly target: SendingTarget }
  | { readonly type: 'wake' }
  /** The main thread is about to write to the store, or has written. */
  | { readonly type: 'write'; readonly isWriting: boolean }
  | { readonly type: 'stop'; readonly withinMs: number }
export type FromDispatch = { readonly type: 'ready' } | { readonly type: 'stopped' } | SenderReport

export interface SandboxSettings {
  readonly behaviour: SandboxBehaviour
}

export type ToSandbox = { readonly type: 'behave'; readonly behaviour: SandboxBehaviour } | { readonly type: 'stop' }
export type FromSandbox = { readonly type: 'ready'; readonly url: string } | { readonly type: 'stopped' }
