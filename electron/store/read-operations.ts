import { countAudience, countWithout, countZones, memberById, nextOfAudience } from './audience/audience-reads.ts'
import { outdatedBulkChange, readBulkChange } from './clients/bulk-changes.ts'
import { readFacets } from './clients/client-facets.ts'
import {
  countClients,
  lastClientId,
  listClients,
  nextClientIds,
  pageClients,
  readClients,
} from './clients/client-list.ts'
import { clientsByIds } from './clients/client-row.ts'
import { getClient } from './clients/clients.ts'
import { listDoNotContact, pageDoNotContact, phoneIsListed } from './clients/do-not-contact.ts'
import { getSegment, listSegments } from './clients/segments.ts'
import type { ReadContext } from './contexts.ts'
import { activeDeliveries, findDelivery, getDelivery, listDeliveries, pageDeliveries } from './deliveries/deliveries.ts'
import { listTemplates } from './deliveries/templates.ts'
import { findClientsByPhone } from './imports/client-import.ts'
import { openImportDryRun } from './imports/import-dry-run.ts'
import { unfinishedImports } from './imports/import-undo.ts'
import { pageClientActivity, pageDeliveryActivity } from './journal/activity.ts'
import { listJournal, pageJournal } from './journal/journal.ts'
import { lastAttemptsOf, pageAttemptsOfClient, pageAttemptsOfDelivery } from './messages/attempts.ts'
import { getMessage, listMessages, messageStory, pageMessages } from './messages/messages.ts'
import type { AudienceReads } from './ports/audience.ts'
import type { BulkChangeReads } from './ports/bulk-changes.ts'
import type { ClientReads } from './ports/clients.ts'
import type { DeliveryReads } from './ports/deliveries.ts'
import type { DoNotContactReads } from './ports/do-not-contact.ts'
import type { ImportReads } from './ports/imports.ts'
import type { JournalReads } from './ports/journal.ts'
import type { MessageReads } from './ports/messages.ts'
import type { SegmentReads } from './ports/segments.ts'
import type { SettingReads } from './ports/settings.ts'
import type { StatisticsReads } from './ports/statistics.ts'
import type { TemplateReads } from './ports/templates.ts'
import { readSetting } from './settings/settings.ts'
import { countDeliveries, countedDeliveriesBelow, countSeconds, secondsAfter } from './statistics/export-statistics.ts'
import { periodReport } from './statistics/period-report.ts'
import { dayStatistics, detailStatistics, generalStatistics } from './statistics/statistics.ts'

/** Everything that can be asked of the store. */
export interface StoreReads {
  readonly clients: ClientReads
  readonly audience: AudienceReads
  readonly bulkChanges: BulkChangeReads
  readonly doNotContact: DoNotContactReads
  readonly imports: ImportReads
  readonly segments: SegmentReads
  readonly deliveries: DeliveryReads
  readonly templates: TemplateReads
  readonly messages: MessageReads
  readonly journal: JournalReads
  readonly statistics: StatisticsReads
  readonly settings: SettingReads
}

/** The reads of a store. `file` is for reports that open their own connection. */
export function readOperations(context: ReadContext, file: string): StoreReads {
  const { sql } = context
  return {
    ...directoryReads(context),
    deliveries: deliveryReads(context),
    templates: { list: () => listTemplates(context) },
    messages: {
      get: (id) => getMessage(sql, id),
      story: (id) => messageStory(sql, id),
      list: (query) => listMessages(sql, query),
      page: (query) => pageMessages(sql, query),
      attemptsOfDelivery: (deliveryId, slice) => pageAttemptsOfDelivery(context, deliveryId, slice),
      attemptsOfClient: (clientId, slice) => pageAttemptsOfClient(sql, clientId, slice),
      lastAttempts: (messageIds) => lastAttemptsOf(sql, messageIds),
    },
    journal: {
      list: (query) => listJournal(sql, query),
      page: (query) => pageJournal(sql, query),
      ofDelivery: (deliveryId, slice) => pageDeliveryActivity(sql, deliveryId, slice),
      ofClient: (clientId, slice) => pageClientActivity(sql, clientId, slice),
    },
    statistics: {
      general: () => generalStatistics(sql),
      days: (query) => dayStatistics(sql, query),
      ofDelivery: (id, now) => detailStatistics(context, id, now),
      countDeliveries: (ids) => countDeliveries(sql, ids),
      deliveriesBelow: (ids, belowId, limit) => countedDeliveriesBelow(sql, ids, belowId, limit),
      countSeconds: (deliveryId) => countSeconds(sql, deliveryId),
      secondsAfter: (deliveryId, at, limit) => secondsAfter(sql, deliveryId, at, limit),
      ofPeriod: (period, signal) => periodReport(file, period, signal),
    },
    settings: { get: (key) => readSetting(context, key) },
  }
}

function deliveryReads(context: ReadContext): DeliveryReads {
  return {
    get: (id) => getDelivery(context, id),
    find: (id) => findDelivery(context, id),
    list: (query) => listDeliveries(context, query),
    page: (query) => pageDeliveries(context, query),
    active: () => activeDeliveries(context.sql),
  }
}

type DirectoryReads = Pick<StoreReads, 'clients' | 'audience' | 'bulkChanges' | 'doNotContact' | 'imports' | 'segments'>

function directoryReads(context: ReadContext): DirectoryReads {
  const { sql } = context
  return {
    clients: {
      get: (id) => getClient(sql, id),
      byIds: (ids) => clientsByIds(sql, ids),
      list: (query) => listClients(sql, query),
      listUncounted: (query) => readClients(sql, query),
      page: (query) => pageClients(sql, query),
      count: (query) => countClients(sql, query),
      lastId: () => lastClientId(sql),
      nextIds: (query, range) => nextClientIds(sql, query, range),
      facets: () => readFacets(sql),
    },
    audience: {
      count: (filter) => countAudience(sql, filter),
      countByZone: (filter) => countZones(sql, filter),
      countWithout: (filter, variable) => countWithout(sql, filter, variable),
      next: (filter, afterId, limit) => nextOfAudience(sql, filter, afterId, limit),
      member: (clientId) => memberById(sql, clientId),
    },
    bulkChanges: { get: (id) => readBulkChange(sql, id), outdated: () => outdatedBulkChange(sql) },
    doNotContact: {
      has: (phone) => phoneIsListed(sql, phone),
      list: (query) => listDoNotContact(sql, query),
      page: (query) => pageDoNotContact(sql, query),
    },
    imports: {
      known: (phones) => findClientsByPhone(sql, phones),
      unfinished: () => unfinishedImports(sql),
      openDryRun: () => openImportDryRun(sql),
    },
    segments: { list: () => listSegments(context), get: (id) => getSegment(context, id) },
  }
}
