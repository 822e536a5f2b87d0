import type { Backups } from '../backups/backups.ts'
import type { Logs } from '../base/log.ts'
import type { GatewayControl } from '../channel/gateway-control.ts'
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

/** The whole contract, implemented. */
export function createRouter(
  parts: Parts,
  control: GatewayControl,
  about: ProgramFacts,
  logs: Logs,
  backups: { readonly of: Backups; readonly restart: () => void },
  lock: Lock,
  /** What is asked whether a call may pass: the lock itself, or nothing for the program's own calls. */
  gate: Pick<Lock, 'isLocked' | 'locking'>,
) {
  return api
    .use(logCalls(logs.main.info))
    .use(reportFailures(logs.main.error))
    .use(refuseWhileLocked(gate))
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
      gateway: gatewayApi(parts, control, logs.main),
      settings: settingsApi(parts, about),
      backups: backupsApi(parts, backups.of, backups.restart),
      lock: lockApi(parts, lock),
      journal: journalApi(parts),
      log: logApi(parts, about.dataDir, logs),
      progress: progressApi(parts),
    })
}
