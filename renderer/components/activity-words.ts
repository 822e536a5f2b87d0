/** What a change can lead to beside the statuses of deliveries and messages. */
export const clientStatuses = ['opted_out', 'opted_in', 'deleted'] as const

/** The fields of a delivery whose change is told by name. */
export const editableFields = ['name', 'text', 'filter', 'startsAt', 'endsAt', 'window', 'ratePerSecond'] as const
