import type { Backups } from '../backups/backups.ts'
import type { Logs } from '../base/log.ts'
import type { GatewayControl } from '../gateways-setup/gateway-control.ts'
import type { Lock } from '../lock/lock.ts'
import { backupsApi } from './backups.ts'
import { logCalls } from './call-log.ts'
import { clientsApi } from './clients.ts'
import { deliveriesApi } from './deliveries.ts'
import { doNotContactApi } from './do-not-contact.ts'
import { exportsApi } from './exports.ts'
import { reportFailures } from './failures.ts'
import { gatewayApi } from './gateway.ts'
import { journalApi } from './journal.ts'
import { lockApi } from './lock.ts'
import { refuseWhileLocked } from './lock-guard.ts'
import { logApi } from './log.ts'
import { messagesApi } from './messages.ts'
import { api, type Parts } from './parts.ts'
import { progressApi } from './progress.ts'
import { reportsApi } from './reports.ts'
import { segmentsApi } from './segments.ts'
import { type ProgramFacts, settingsApi } from './settings.ts'
import { statisticsApi } from './statistics.ts'
import { templatesApi } from './templates.ts'

/** Everything that the API needs, opened by the engine. */
export interface RouterParts extends Parts {
  readonly gatewayControl: GatewayControl
  readonly program: ProgramFacts
  readonly logs: Logs
  readonly backups: Backups
  /** Restarts the program, so that it restores a backup. */
  readonly restart: () => void
  readonly lock: Lock
  /** Decides which calls pass: the lock itself, or a guard that lets the program's own calls pass. */
  readonly guard: Pick<Lock, 'isLocked' | 'locking'>
}

/** Returns the router that implements the contract, with logging, error reporting and the lock in front of every call. */
export function createRouter(parts: RouterParts) {
  const { logs, program } = parts
  return api
    .use(logCalls(logs.main.info))
    .use(reportFailures(logs.main.error))
    .use(refuseWhileLocked(parts.guard))
    .router({
      clients: clientsApi(parts),
      doNotContact: doNotContactApi(parts),
      deliveries: deliveriesApi(parts),
      messages: messagesApi(parts),
      segments: segmentsApi(parts),
      templates: templatesApi(parts),
      statistics: statisticsApi(parts),
      reports: reportsApi(parts),
      exports: exportsApi(parts),
      gateway: gatewayApi(parts, parts.gatewayControl, logs.main),
      settings: settingsApi(parts, program),
      backups: backupsApi(parts, parts.backups, parts.restart),
      lock: lockApi(parts, parts.lock),
      journal: journalApi(parts),
      log: logApi(parts, program.dataDir, logs),
      progress: progressApi(parts),
    })
}
