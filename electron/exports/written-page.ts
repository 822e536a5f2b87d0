/** The next bytes of a file, and how many lines were read for them. */
export interface Page {
  readonly bytes: Buffer
  readonly lines: number
}
