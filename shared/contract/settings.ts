import * as z from 'zod'
import { procedure } from './errors.ts'

/** What the operator chose for the console. `system` follows the machine. */
export const settingsSchema = z.object({
  language: z.enum(['system', 'en', 'ru']),
  theme: z.enum(['system', 'light', 'dark']),
})

export const settings = {
  get: procedure.output(settingsSchema),
  update: procedure.input(settingsSchema.partial()).output(settingsSchema),
  /** What this program is and where it keeps its things. */
  about: procedure.output(
    z.object({
      version: z.string(),
      dataDir: z.string(),
      door: z.enum(['desktop', 'web']),
      machineTimeZone: z.string(),
    }),
  ),
}

export type Settings = z.output<typeof settingsSchema>
