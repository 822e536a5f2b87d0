/** Maximum size of the body of an ordinary call, through any host. */
export const bodyLimitBytes = 1024 * 1024
/** Maximum size of a file of clients. */
export const importLimitBytes = 256 * 1024 * 1024

/** Calls that accept whole lists, pasted or as a file. */
const fileCalls = ['/clients/import', '/clients/importFile', '/clients/readTable', '/clients/optOut']

/** Whether a call accepts a file, by its path in the contract. */
export function acceptsFile(path: string): boolean {
  return fileCalls.includes(path)
}

/** Maximum size of a call's body, by its path in the contract. */
export function callLimitBytes(path: string): number {
  return acceptsFile(path) ? importLimitBytes : bodyLimitBytes
}
