import { type About, type Settings, settingsSchema } from '#shared/contract/settings.ts'
import { machineTimeZone } from '#shared/domain/time-zone.ts'
import { api, type Parts } from './parts.ts'

const key = 'console'
/** The settings until the user changes them. */
export const defaultSettings: Settings = {
  language: 'system',
  theme: 'system',
  whenClosed: 'ask',
  openAtLogin: false,
  keepAwake: false,
  notifications: true,
  spellCheck: false,
  updateFeed: '',
}

/** Facts about the running program. */
export type ProgramFacts = Omit<About, 'machineTimeZone'>

/** Handlers for the console's settings and for facts about the program. */
export function settingsApi({ store, events }: Parts, about: ProgramFacts) {
  const read = async () =>
    settingsSchema.parse({ ...defaultSettings, ...((await store.read.settings.get(key)) as object | undefined) })
  return {
    get: api.settings.get.handler(read),
    update: api.settings.update.handler(async ({ input }) => {
      // Read inside the write transaction, so that concurrent changes do not overwrite each other.
      const next = await store.write(async (writes) => {
        const current = await read()
        const merged = settingsSchema.parse({ ...current, ...input })
        await writes.settings.set(key, merged)
        writes.recordEdit({ settings: 'console' }, current, merged)
        return merged
      })
      events.publish({ type: 'changed', entity: 'settings' })
      return next
    }),
    about: api.settings.about.handler(() => ({ ...about, machineTimeZone: machineTimeZone() })),
  }
}
