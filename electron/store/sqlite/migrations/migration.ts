/** One step of the schema; its name never changes once released. */
export interface Migration {
  readonly name: string
  readonly sql: string
}
