import { delimiter, join } from 'node:path'

/** A search path on which Linux is found to have a panel that shows the tray, as a test machine seldom has one. */
export function withPanel(path = ''): string {
  return [join(import.meta.dirname, 'bin'), path].join(delimiter)
}
