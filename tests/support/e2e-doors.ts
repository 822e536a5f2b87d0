/** Which stories are told through which door. The web door tells all but those that a browser cannot have. */

const everywhere = [
  'first-delivery',
  'dashboard',
  'import',
  'clients-at-scale',
  'segments',
  'composer',
  'statistics',
  'activity',
  'drop',
]

/** What lies beside a page: the tray, the system's questions, its notifications, its sleep. */
export const ofTheDesktop = ['desktop-life']

/** Over the stand-in also what starts the program anew, damages its store or takes its keyring away. */
export const ofTheStandIn = ['desktop-restart', 'keyring']

/** The files of the stories that a door tells. */
export const toldBy = {
  'stand-in': [...everywhere, 'backups', 'second-chances', 'exports', 'lock', ...ofTheDesktop, ...ofTheStandIn],
  // One start with one window.
  electron: [...everywhere, ...ofTheDesktop],
} as const
