import { type About, type Settings, settingsSchema } from '#shared/contract/settings.ts'
import { machineTimeZone } from '#shared/domain/time-zone.ts'
import { noteEdit } from '../store/journal/field-changes.ts'
import { readSetting, writeSetting } from '../store/settings/settings.ts'
import { api, type Parts } from './parts.ts'

const key = 'console'
/** What holds until the operator chooses. */
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

/** What this program is, and where it keeps its things. */
export type ProgramFacts = Omit<About, 'machineTimeZone'>

/** What the operator chose for the console, and what this program is. */
export function settingsApi({ store, events }: Parts, about: ProgramFacts) {
  const read = async () =>
    settingsSchema.parse({ ...defaultSettings, ...((await readSetting(store.read, key)) as object | undefined) })
  return {
    get: api.settings.get.handler(read),
    update: api.settings.update.handler(async ({ input }) => {
      // Read only when its turn has come, so that of two changes at once neither undoes the other.
      const next = await store.write(async (writing) => {
        const present = await read()
        const merged = settingsSchema.parse({ ...present, ...input })
        await writeSetting(writing, key, merged)
        noteEdit(writing, { settings: 'console' }, present, merged)
        return merged
      })
      events.publish({ type: 'changed', entity: 'settings' })
      return next
    }),
    about: api.settings.about.handler(() => ({ ...about, machineTimeZone: machineTimeZone() })),
  }
}
