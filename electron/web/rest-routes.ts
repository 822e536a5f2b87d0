import { traverseContractProcedures } from '@orpc/server'
import { contract } from '#shared/contract/index.ts'
import { acceptsFile } from '../base/call-limits.ts'
import { HttpError } from './answers.ts'

/** What a request may carry: `list` is a file or JSON. */
export type RouteBody = 'json' | 'file' | 'list'

export interface RestRoute {
  readonly method: string
  readonly body: RouteBody
}

interface CollectedRoute extends RestRoute {
  /** As the contract writes it. */
  readonly path: string
  readonly pattern: RegExp
}

const routes = collectRoutes()

/** Whether the contract writes a path exactly so: some of its paths end in a slash, some do not. */
export function isWrittenPath(path: string): boolean {
  return routes.some((route) => route.path === path)
}

/**
 * The route for a method at a path, with or without its last slash; null when the path is not the API's. A HEAD has the route of a
 * GET. Throws a 405 when the path has no such method.
 */
export function findRoute(method: string | undefined, pathname: string): RestRoute | null {
  const found = routes.filter(({ pattern }) => pattern.test(pathname))
  if (found.length === 0) return null
  const wanted = method === 'HEAD' ? 'GET' : method
  const route = found.find((each) => each.method === wanted)
  if (route !== undefined) return route
  const allow = [...new Set(found.map((each) => each.method))].join(', ')
  throw new HttpError(405, 'METHOD_NOT_ALLOWED', `${method} is not supported here: use ${allow}.`, {
    headers: { allow },
  })
}

function collectRoutes(): CollectedRoute[] {
  const found: CollectedRoute[] = []
  traverseContractProcedures({ router: contract, path: [] }, ({ contract: procedure, path: name }) => {
    const { method = 'POST', path, inputStructure } = procedure['~orpc'].route
    if (path === undefined) return
    const pattern = path
      .replace(/\/$/, '')
      .replaceAll('.', '\\.')
      .replace(/\{\w+\}/g, '[^/]+')
    const body = acceptsFile(`/${name.join('/')}`) ? (inputStructure === 'detailed' ? 'file' : 'list') : 'json'
    found.push({ method, body, path, pattern: new RegExp(`^${pattern}/?$`) })
  })
  return found
}
