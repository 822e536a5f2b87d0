import { delimiter, join } from 'node:path'

/** Returns a search path whose `gdbus` reports a panel that shows the tray; test machines seldom have one. */
export function withPanel(path = ''): string {
  return [join(import.meta.dirname, 'bin'), path].join(delimiter)
}
