/** Makes a missing case of a union a compile error. Throws if it happens at run time. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`)
}
