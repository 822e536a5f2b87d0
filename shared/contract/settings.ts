import * as z from 'zod'
import { procedure } from './errors.ts'

/** What the operator chose for the console. `system` follows the machine. */
export const settingsSchema = z.object({
  /** The tag of one of the console's languages (`en`, `pt-BR`); the console falls back to `system` for one that it does not speak. */
  language: z.string().regex(/^(system|[a-z]{2,3}(-[A-Za-z0-9]{2,8})*)$/),
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
