/** Makes a missed case of a union a compile error, and a loud one should it happen all the same. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`)
}
