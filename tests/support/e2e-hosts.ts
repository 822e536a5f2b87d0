/**
 * Which stories run on which host. The web host runs all but those with the tag `@desktop`, which are about the tray, the
 * system's dialogs, notifications, sleep and the keyring. The stand-in for Electron runs all but those with the tag
 * `@web`, which are about what only a browser has: the link, the HTTP API, a lost connection, an answer made by the test.
 * The real Electron runs the files below, without the tag `@not-electron`: it has one program with one window, the
 * machine's language and keyring, and Playwright loses a page whose process crashes. Only the real Electron runs stories
 * with `@electron`, about what a page may do to the system around it.
 */
export const tags = { desktop: /@desktop/, web: /@web/, electron: /@electron/, notElectron: /@not-electron/ }

/** Stories that run on the web host only: they are about the page alone, or start a packaged program themselves. */
export const webHostOnly = ['accessibility', 'every-screen', 'packaged']

/** The files that the real Electron runs. */
export const filesOnElectron = [
  'first-delivery',
  'dashboard',
  'import',
  'clients-at-scale',
  'segments',
  'composer',
  'statistics',
  'activity',
  'drop',
  'unsaved',
  'duplicate',
  'reach',
  'text-lengths',
  'tracing',
  'desktop-life',
  'desktop-settings',
  'desktop-restart',
  'break-out',
  'backups',
  'cancel',
  'commands',
  'do-not-contact',
  'gateway-limits',
  'keyboard',
  'language',
  'lock',
  'pause',
  'schedule',
  'second-chances',
]
