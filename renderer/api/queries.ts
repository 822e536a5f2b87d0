import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { client } from './client.ts'

/** Every procedure of the contract as query, infinite query or mutation options, with its cache key. */
export const orpc = createTanstackQueryUtils(client)

/** How many rows a table requests at once. */
export const pageSize = 100
