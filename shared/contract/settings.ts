import * as z from 'zod'
import { procedure } from './errors.ts'

export const closingChoices = ['ask', 'tray', 'quit'] as const

/** What the operator chose for the console and, from `whenClosed` on, for the desktop app. `system` follows the machine. */
export const settingsSchema = z.object({
  /** The tag of one of the console's languages (`en`, `pt-BR`); the console falls back to `system` for one that it does not speak. */
  language: z.string().regex(/^(system|[a-z]{2,3}(-[A-Za-z0-9]{2,8})*)$/),
  theme: z.enum(['system', 'light', 'dark']),
  /** What closing the window does: asks while something runs or is scheduled, goes on sending in the tray, or quits. */
  whenClosed: z.enum(closingChoices),
  /** Whether the desktop app starts when the operator logs in, in the tray. */
  openAtLogin: z.boolean(),
  /** Whether the machine is kept from falling asleep while a delivery runs. */
  keepAwake: z.boolean(),
  /** Whether the system tells of deliveries that have ended and of outages. */
  notifications: z.boolean(),
  /** Whether texts are checked for spelling where that fetches dictionaries from outside: on Windows and Linux. */
  spellCheck: z.boolean(),
  /** Where the desktop app looks for new versions (electron-updater's generic provider); empty: nowhere. */
  updateFeed: z.union([z.literal(''), z.url({ protocol: /^https$/, error: 'must be an https address' })]),
})

const aboutSchema = z.object({
  version: z.string(),
  dataDir: z.string(),
  /** At the desktop door, whether HERALD_DATA_DIR names it: the system, which knows nothing of that, would start the program with the usual one. */
  dataDirFromEnvironment: z.boolean(),
  /** At the desktop door, whether the program runs out of one file and is not installed, so that no new version can take its place. */
  isPortable: z.boolean(),
  host: z.enum(['desktop', 'web']),
  /** Of the machine that the program runs on, by Node's names. */
  platform: z.string(),
  machineTimeZone: z.string(),
})

export const settings = {
  get: procedure.output(settingsSchema),
  update: procedure.input(settingsSchema.partial()).output(settingsSchema),
  /** What this program is and where it keeps its things. */
  about: procedure.output(aboutSchema),
}

export type Settings = z.output<typeof settingsSchema>
export type About = z.output<typeof aboutSchema>
