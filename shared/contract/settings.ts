import * as z from 'zod'
import { failsWith } from '../errors/issue.ts'
import { procedure } from './errors.ts'

export const closingChoices = ['ask', 'tray', 'quit'] as const

/** Settings of the console and, from `whenClosed` on, of the desktop app. `system` follows the operating system. */
export const settingsSchema = z.object({
  /** A language tag (`en`, `pt-BR`). The console falls back to `system` for a language that it lacks. */
  language: z.string().regex(/^(system|[a-z]{2,3}(-[A-Za-z0-9]{2,8})*)$/),
  theme: z.enum(['system', 'light', 'dark']),
  /** What closing the window does: ask if a delivery is running or scheduled, keep sending in the tray, or quit. */
  whenClosed: z.enum(closingChoices),
  /** Whether the desktop app starts in the tray when the user logs in. */
  openAtLogin: z.boolean(),
  /** Whether the computer is kept awake while a delivery runs. */
  keepAwake: z.boolean(),
  /** Whether notifications report finished deliveries and outages. */
  notifications: z.boolean(),
  /** Whether texts are spell-checked on Windows and Linux, where this downloads dictionaries. */
  spellCheck: z.boolean(),
  /** The URL of the desktop app's update feed (electron-updater's generic provider). Empty disables updates. */
  updateFeed: z.union([z.literal(''), z.url({ protocol: /^https$/, ...failsWith('url_not_https') })]),
})

const aboutSchema = z.object({
  version: z.string(),
  dataDir: z.string(),
  /** Desktop host: whether HERALD_DATA_DIR sets the data directory. A start at login would use the default one. */
  dataDirFromEnvironment: z.boolean(),
  /** Desktop host: whether the program is portable. A portable program cannot update itself. */
  isPortable: z.boolean(),
  host: z.enum(['desktop', 'web']),
  /** The operating system, as in Node's `process.platform`. */
  platform: z.string(),
  machineTimeZone: z.string(),
})

export const settings = {
  get: procedure.output(settingsSchema),
  update: procedure.input(settingsSchema.partial()).output(settingsSchema),
  /** Returns facts about the program and its data directory. */
  about: procedure.output(aboutSchema),
}

export type Settings = z.output<typeof settingsSchema>
export type About = z.output<typeof aboutSchema>
