/** What a change can lead to beside the statuses of deliveries and messages. */
export const clientStatuses = ['created', 'imported', 'opted_out', 'opted_in', 'tagged', 'untagged', 'deleted'] as const

/** The fields of a delivery, a client or the settings whose change is told by name. */
export const editableFields = [
  'name',
  'text',
  'filter',
  'startsAt',
  'endsAt',
  'window',
  'ratePerSecond',
  'phone',
  'operatorCode',
  'tags',
  'timeZone',
  'attributes',
  'language',
  'theme',
  'kind',
  'url',
  'sealedToken',
  'concurrency',
  'timeoutMs',
  'interrupted',
  'sandbox',
  'webhook',
  'keep',
  'days',
  'passphrase',
  'idleMinutes',
] as const
