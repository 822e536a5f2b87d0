import type { ActivityEvent } from '../base/trace-line.ts'
import { beginBulkChange, changeChunk, forgetBulkChange, undoBulkChunk } from './clients/bulk-changes.ts'
import { createClient, deleteClient, replaceClient, updateClient } from './clients/clients.ts'
import { listPhones, unlistPhone } from './clients/do-not-contact.ts'
import { createSegment, deleteSegment, updateSegment } from './clients/segments.ts'
import type { WriteContext } from './contexts.ts'
import { cancelDelivery, clearNext, deleteDelivery } from './deliveries/clear-deliveries.ts'
import { insertDelivery, startAndRecord, updateDelivery } from './deliveries/deliveries.ts'
import { requeueMessages, resolveMessages } from './deliveries/requeue.ts'
import { deleteTemplate, saveTemplate } from './deliveries/templates.ts'
import { applyImport } from './imports/client-import.ts'
import { beginImport, finishImport, forgetFinishedImports, undoImportChunk } from './imports/import-undo.ts'
import { editEvents } from './journal/field-changes.ts'
import type { BulkChangeWrites } from './ports/bulk-changes.ts'
import type { ClientWrites } from './ports/clients.ts'
import type { DeliveryWrites } from './ports/deliveries.ts'
import type { DoNotContactWrites } from './ports/do-not-contact.ts'
import type { ImportWrites } from './ports/imports.ts'
import type { MessageWrites } from './ports/messages.ts'
import type { SegmentWrites } from './ports/segments.ts'
import type { SettingWrites } from './ports/settings.ts'
import type { TemplateWrites } from './ports/templates.ts'
import { readOperations, type StoreReads } from './read-operations.ts'
import { requeueAfterWindowChange } from './send-queue/message-queue.ts'
import { reserveMessageId } from './send-queue/reserve-message-id.ts'
import { writeSetting } from './settings/settings.ts'

/** Everything that one transaction may read and change. */
export interface StoreWrites extends StoreReads {
  readonly clients: ClientWrites
  readonly bulkChanges: BulkChangeWrites
  readonly doNotContact: DoNotContactWrites
  readonly imports: ImportWrites
  readonly segments: SegmentWrites
  readonly deliveries: DeliveryWrites
  readonly templates: TemplateWrites
  readonly messages: MessageWrites
  readonly settings: SettingWrites
  /** Records what happens: it is stored in the same transaction, and logged once that is on disk. */
  record(...events: readonly ActivityEvent[]): void
  /**
   * Records that the user changed something: which fields, with their values before and after. Values of the fields in
   * `secret` are left out. Records nothing when no field differs.
   */
  recordEdit(about: ActivityEvent, before: EditedFields, after: EditedFields, secret?: readonly string[]): void
}

type EditedFields = Readonly<Record<string, unknown>>

/** The reads and writes of one transaction. */
export function writeOperations(context: WriteContext, file: string): StoreWrites {
  const reads = readOperations(context, file)
  return {
    ...reads,
    ...directoryWrites(context, reads),
    deliveries: {
      ...reads.deliveries,
      create: (fields, now) => insertDelivery(context, fields, now),
      update: (id, fields, now) => updateDelivery(context, id, fields, now),
      start: (id, now, reason) => startAndRecord(context, id, now, reason),
      requeueAfterWindowChange: (id, now) => requeueAfterWindowChange(context.sql, id, now),
      cancel: (id, now) => cancelDelivery(context, id, now),
      delete: (id) => deleteDelivery(context, id),
      clearNext: (limit) => clearNext(context, limit),
      requeue: (id, status, now) => requeueMessages(context, id, status, now),
      resolveUncertain: (which, resolution, now) => resolveMessages(context, which, resolution, now),
    },
    templates: {
      ...reads.templates,
      save: (input, now) => saveTemplate(context, input, now),
      delete: (id) => deleteTemplate(context, id),
    },
    messages: { ...reads.messages, reserveId: () => reserveMessageId(context.sql) },
    settings: { ...reads.settings, set: (key, value) => writeSetting(context, key, value) },
    record: (...events) => context.record(...events),
    recordEdit: (...edit) => context.record(...editEvents(...edit)),
  }
}

type DirectoryWrites = Pick<StoreWrites, 'clients' | 'bulkChanges' | 'doNotContact' | 'imports' | 'segments'>

function directoryWrites(context: WriteContext, reads: StoreReads): DirectoryWrites {
  return {
    clients: {
      ...reads.clients,
      create: (input, now) => createClient(context, input, now),
      update: (id, patch, now) => updateClient(context, id, patch, now),
      replace: (id, input, now) => replaceClient(context, id, input, now),
      delete: (id) => deleteClient(context, id),
    },
    bulkChanges: {
      ...reads.bulkChanges,
      begin: (kind, now) => beginBulkChange(context, kind, now),
      apply: (changeId, clientIds, change, now) => changeChunk(context, changeId, clientIds, change, now),
      undo: (changeId, kind, limit, now) => undoBulkChunk(context, changeId, kind, limit, now),
      forget: (changeId, limit) => forgetBulkChange(context, changeId, limit),
    },
    doNotContact: {
      ...reads.doNotContact,
      add: (phones, now) => listPhones(context, phones, now),
      remove: (phone, now) => unlistPhone(context, phone, now),
    },
    imports: {
      ...reads.imports,
      begin: (now) => beginImport(context, now),
      apply: (importId, changes, now) => applyImport(context, importId, changes, now),
      finish: (importId, clients) => finishImport(context, importId, clients),
      undo: (importId, limit) => undoImportChunk(context, importId, limit),
      forgetFinished: (limit) => forgetFinishedImports(context, limit),
    },
    segments: {
      ...reads.segments,
      create: (input, now) => createSegment(context, input, now),
      update: (id, patch, now) => updateSegment(context, id, patch, now),
      delete: (id) => deleteSegment(context, id),
    },
  }
}
