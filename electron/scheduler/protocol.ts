import type { MessagePort } from 'node:worker_threads'
import type { SandboxBehaviour } from '#shared/contract/gateway.ts'
import type { RetryPolicy } from '../sending/retry-policy.ts'
import type { SenderReport } from '../sending/sender.ts'

/** Where the sending worker sends to: an address of the contract's kind, the sandbox's included. */
export interface SendingTarget {
  readonly url: string
  readonly token: string
  readonly concurrency: number
  readonly timeoutMs: number
}

/** What a worker finds in its `workerData`. */
export interface WorkerStart<Settings> {
  readonly port: MessagePort
  readonly settings: Settings
}

export interface DispatchSettings {
  readonly storeFile: string
  readonly retryPolicy: RetryPolicy
}

export type ToDispatch =
  | { readonly type: 'aim'; readonly target: SendingTarget }
  | { readonly type: 'wake' }
  | { readonly type: 'stop'; readonly withinMs: number }
export type FromDispatch = { readonly type: 'ready' } | { readonly type: 'stopped' } | SenderReport

export interface SandboxSettings {
  readonly behaviour: SandboxBehaviour
}

export type ToSandbox = { readonly type: 'behave'; readonly behaviour: SandboxBehaviour } | { readonly type: 'stop' }
export type FromSandbox = { readonly type: 'ready'; readonly url: string } | { readonly type: 'stopped' }
