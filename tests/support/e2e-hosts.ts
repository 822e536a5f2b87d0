/**
 * Which stories run on which host. The web host runs all but those with the tag `@desktop`, of what lies beside a page: the
 * tray, the system's questions, its notifications, its sleep and its keyring. The stand-in tells all but those with the tag `@web`, of
 * what a browser alone has: the link, the HTTP API, a connection that breaks, an answer that the test makes up. The real Electron tells
 * of the files below what the stand-in does, but for those with the tag `@not-electron`: it has one program, `herald`, with one window, in
 * the language and beside the keyring of the machine, and Playwright loses a page of it whose process breaks down. It alone tells those with
 * `@electron`, of what a page may do with the system around it.
 */
export const tags = { desktop: /@desktop/, web: /@web/, electron: /@electron/, notElectron: /@not-electron/ }

/** Walks over every screen, which are about the page alone, and the packaged program, which is tried out by itself. */
export const toldOnce = ['accessibility', 'every-screen', 'packaged']

/** What the real Electron tells. */
export const toldByElectron = [
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
