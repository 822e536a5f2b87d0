import { parseAst } from 'vite'

/** A node of a program's syntax tree. */
export interface SyntaxNode {
  readonly type: string
  readonly [field: string]: unknown
}

const isSyntaxNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && 'type' in value

/** Yields the nodes of a built module; with `outsideFunctions`, only those at its top level. */
export function* syntaxOf(code: string, { outsideFunctions = false } = {}): Generator<SyntaxNode> {
  const program: unknown = parseAst(code)
  if (isSyntaxNode(program)) yield* nodesOf(program, outsideFunctions)
}

/** Yields a node and all nodes inside it. */
function* nodesOf(node: SyntaxNode, outsideFunctions = false): Generator<SyntaxNode> {
  yield node
  if (outsideFunctions && /Function/.test(node.type)) return
  for (const value of Object.values(node).flat()) if (isSyntaxNode(value)) yield* nodesOf(value, outsideFunctions)
}

/** Returns what a built module imports, in any form. */
export function importsOf(code: string): string[] {
  return [...syntaxOf(code)].flatMap((node) => {
    const source = /^(Import|Export(All|Named)Declaration)/.test(node.type) ? node.source : undefined
    return isSyntaxNode(source) && typeof source.value === 'string' ? [source.value] : []
  })
}
