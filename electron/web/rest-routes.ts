import { traverseContractProcedures } from '@orpc/server'
import { contract } from '#shared/contract/index.ts'

interface RestRoute {
  readonly method: string
  readonly pattern: RegExp
}

const routes = collectRoutes()

/** The methods that the REST API understands at a path, with or without its last slash; none when the path is not the API's. */
export function methodsAt(pathname: string): string[] {
  return routes.filter(({ pattern }) => pattern.test(pathname)).map(({ method }) => method)
}

function collectRoutes(): RestRoute[] {
  const found: RestRoute[] = []
  traverseContractProcedures({ router: contract, path: [] }, ({ contract: procedure }) => {
    const { method = 'POST', path } = procedure['~orpc'].route
    if (path === undefined) return
    const pattern = path.replace(/\/$/, '').replace(/\{\w+\}/g, '[^/]+')
    found.push({ method, pattern: new RegExp(`^${pattern}/?$`) })
  })
  return found
}
