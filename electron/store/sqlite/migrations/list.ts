import { firstStore } from './0001-first-store.ts'
import { doNotContact } from './0002-do-not-contact.ts'
import { tracing } from './0003-tracing.ts'
import { resultsByQuarter } from './0004-results-by-quarter.ts'
import { clientSearch } from './0005-client-search.ts'
import { bulkChanges } from './0006-bulk-changes.ts'
import { journal } from './0007-journal.ts'
import { segments } from './0008-segments.ts'
import { importUndo } from './0009-import-undo.ts'
import { templates } from './0010-templates.ts'
import { claimOwner } from './0011-claim-owner.ts'
import { deletedDeliveries } from './0012-deleted-deliveries.ts'
import { clientLanguage } from './0013-client-language.ts'
import type { Migration } from './migration.ts'

/** In the order in which they are applied. */
export const migrations: readonly Migration[] = [
  firstStore,
  doNotContact,
  tracing,
  resultsByQuarter,
  clientSearch,
  bulkChanges,
  journal,
  segments,
  importUndo,
  templates,
  claimOwner,
  deletedDeliveries,
  clientLanguage,
]
