/**
 * Which stories run on which host. A story runs on the web host unless it has the tag `@desktop`. It runs again on the
 * stand-in for Electron only where a desktop differs: messages and files over a port, saving, dropping and closing, the
 * system's language, keyring and restart. Tags exclude single tests: `@web` needs what only a browser has (the link, the
 * HTTP API, a lost connection, an answer made by the test); `@electron` and `@not-electron` concern the real Electron,
 * which has one program with one window in the machine's language, and whose crashed page Playwright loses.
 */
export const tags = { desktop: /@desktop/, web: /@web/, electron: /@electron/, notElectron: /@not-electron/ }

/** Files that run on the stand-in for Electron. */
export const filesOnStandIn = [
  'backups',
  'break-out',
  'desktop-*',
  'drop',
  'exports',
  'first-delivery',
  'import',
  'keyring',
  'language',
  'lock',
  'unsaved',
]

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
