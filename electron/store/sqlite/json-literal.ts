/**
 * A value as JSON inside a SQL literal: for statements that travel with others and so cannot have bound values. JSON leaves no control
 * character as it is, and the quotation mark is doubled, so that nothing can end the literal.
 */
export function jsonLiteral(value: unknown): string {
  return `'${JSON.stringify(value).replaceAll("'", "''")}'`
}
