/** What an ordinary call may weigh, through any door. */
export const bodyLimitBytes = 1024 * 1024
/** What a file of clients may weigh. */
export const importLimitBytes = 256 * 1024 * 1024

/** Calls that take whole lists in, pasted or as a file. */
const listCalls = ['/clients/import', '/clients/readTable', '/clients/optOut']

/** What a call may weigh, by its path in the contract. */
export function callLimitBytes(path: string): number {
  return listCalls.includes(path) ? importLimitBytes : bodyLimitBytes
}
