import { backups } from './backups.ts'
import { clients } from './clients.ts'
import { deliveries } from './deliveries.ts'
import { doNotContact } from './do-not-contact.ts'
import { exportFiles } from './export-files.ts'
import { exportProcedures } from './exports.ts'
import { gateway } from './gateway.ts'
import { journal } from './journal.ts'
import { lock } from './lock.ts'
import { log } from './log.ts'
import { messages } from './messages.ts'
import { progress } from './progress.ts'
import { reports } from './reports.ts'
import { segments } from './segments.ts'
import { settings } from './settings.ts'
import { statistics } from './statistics.ts'
import { templates } from './templates.ts'

/** The whole API. Typed IPC, REST and the reference are generated from it. */
export const contract = {
  clients,
  doNotContact,
  deliveries,
  messages,
  segments,
  templates,
  statistics,
  reports,
  exports: { ...exportProcedures, ...exportFiles },
  gateway,
  settings,
  backups,
  lock,
  journal,
  log,
  progress,
}

export type Contract = typeof contract
