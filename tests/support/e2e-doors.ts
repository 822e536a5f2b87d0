/**
 * Which stories are told through which door. The web door tells all but those with the tag `@desktop`, of what lies beside a page: the
 * tray, the system's questions, its notifications, its sleep and its keyring. The stand-in tells all but those with the tag `@web`, of
 * what a browser alone has: the link, the HTTP API, a connection that breaks, an answer that the test makes up.
 */
export const tags = { desktop: /@desktop/, web: /@web/ }

/** Walks over every screen, which are about the page alone, and the packaged program, which is tried out by itself. */
export const toldOnce = ['accessibility', 'every-screen', 'packaged']

/** What the real Electron tells: one start with one window, so nothing that begins the program anew. */
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
]
