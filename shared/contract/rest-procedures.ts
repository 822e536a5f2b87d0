import type * as z from 'zod'
import { procedure } from './errors.ts'
import { cursorSchema, keysetPageOf, pageSizeSchema, restListOf, restPageSchema } from './values.ts'

type Address = `/${string}`

/** Returns functions that begin the REST procedures of one section of the reference, one per HTTP method. */
export function restProcedures(section: string) {
  const begin = (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: Address,
    summary: string,
    successStatus: number,
  ) => procedure.route({ method, path, summary, tags: [section], successStatus })
  return {
    get: (path: Address, summary: string) => begin('GET', path, summary, 200),
    /** Answers 201. */
    create: (path: Address, summary: string) => begin('POST', path, summary, 201),
    post: (path: Address, summary: string) => begin('POST', path, summary, 200),
    put: (path: Address, summary: string) => begin('PUT', path, summary, 200),
    patch: (path: Address, summary: string) => begin('PATCH', path, summary, 200),
    /** Answers 204. */
    delete: (path: Address, summary: string) => begin('DELETE', path, summary, 204),
    /** A list in pages by limit and offset. `query` holds its filters. */
    page: <Shape extends z.ZodRawShape, Config extends z.core.$ZodObjectConfig, Item extends z.ZodType>(
      path: Address,
      summary: string,
      query: z.ZodObject<Shape, Config>,
      item: Item,
    ) => begin('GET', path, summary, 200).input(query.extend(restPageSchema.shape)).output(restListOf(item)),
  }
}

/** Returns the procedure of a console list in keyset pages. `query` holds its filters. */
export function keysetList<Shape extends z.ZodRawShape, Config extends z.core.$ZodObjectConfig, Item extends z.ZodType>(
  query: z.ZodObject<Shape, Config>,
  item: Item,
) {
  return procedure.input(query.extend({ cursor: cursorSchema, limit: pageSizeSchema })).output(keysetPageOf(item))
}
