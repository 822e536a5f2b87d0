import { EventEmitter } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import type { EngineApi, Standing } from '#electron/desktop/sending-watch.ts'
import { wordsOf } from '#electron/desktop/translations.ts'
import { createUpdates, type Updater } from '#electron/desktop/updates/updates.ts'
import { readableLog } from '#tests/support/electron-stand-in.ts'

const idle: Standing = { running: 0, share: 0, scheduled: 0, channel: 'open' }
const busy: Standing = { ...idle, running: 1 }
const feed = 'https://herald.example/new'

/** A feed that has a new version, and an operator who answers as told. */
function situation(
  answer: 'install' | 'later',
  standing: Standing = idle,
  { declined = null, isStuck = false }: { declined?: string | null; isStuck?: boolean } = {},
) {
  const calls: string[] = []
  const updater = Object.assign(new EventEmitter(), {
    autoDownload: false,
    autoInstallOnAppQuit: true,
    allowDowngrade: true,
    setFeedURL: (options: unknown) => void calls.push(`feed ${JSON.stringify(options)}`),
    checkForUpdates: async () => {
      calls.push('check')
      return null
    },
    quitAndInstall: () => void calls.push('install'),
  })
  let present = standing
  let seen = true
  const showMessageBox = vi.fn(async () => {
    calls.push('ask')
    return { response: answer === 'install' ? 0 : 1, checkboxChecked: false }
  })
  const load = vi.fn(async (): Promise<Updater> => updater)
  const { log, lines } = readableLog()
  const updates = createUpdates({
    declined,
    dialog: { showMessageBox },
    updater: load,
    words: () => wordsOf('en'),
    look: async () => {
      // Whoever looks is told, and tells others.
      updates.update(present)
      return present
    },
    async beforeInstall() {
      calls.push('leave')
      if (isStuck) throw new Error('the engine did not close')
    },
    installFailed: (version) => void calls.push(`begin anew after ${version}`),
    isSeen: () => seen,
    log,
  })
  const api = {
    backups: {
      make: async () => {
        calls.push('backup')
      },
    },
  } as unknown as EngineApi
  return {
    calls,
    lines,
    load,
    updater,
    updates,
    api,
    showMessageBox,
    /** The operator closes the window, or opens it. */
    see(isSeen: boolean) {
      seen = isSeen
      updates.update(present)
    },
    become(next: Standing) {
      present = next
      updates.update(next)
    },
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5))

describe('new versions', () => {
  it('are looked for nowhere while there is no feed, and nothing of it is loaded', async () => {
    const { updates, api, load, calls } = situation('install')
    updates.follow('', api)
    updates.update(idle)
    await settled()
    expect(load).not.toHaveBeenCalled()
    expect(calls).toEqual([])
  })

  it('come from the feed alone, by themselves never installed and never an older one', async () => {
    const { updates, api, calls, updater } = situation('install')
    updates.follow(feed, api)
    updates.follow(feed, api)
    await settled()
    expect(calls).toEqual([`feed {"provider":"generic","url":"${feed}"}`, 'check'])
    expect(updater).toMatchObject({ autoDownload: true, autoInstallOnAppQuit: false, allowDowngrade: false })
    updates.end()
  })

  it('are installed after a question and a backup', async () => {
    const { updates, api, calls, updater } = situation('install')
    updates.follow(feed, api)
    await settled()
    updater.emit('update-downloaded', { version: '2.0.0' })
    await settled()
    expect(calls.slice(2)).toEqual(['ask', 'backup', 'leave', 'install'])
    updates.end()
  })

  it('are not installed into a delivery that began during the backup', async () => {
    const { updates, api, calls, updater, become } = situation('install')
    updates.follow(feed, api)
    await settled()
    Object.assign(api.backups, { make: async () => become(busy) })
    updater.emit('update-downloaded', { version: '2.0.0' })
    await settled()
    expect(calls.slice(2)).toEqual(['ask'])
    updates.end()
  })

  it('wait for the end of what is being sent', async () => {
    const { updates, api, calls, updater, become, showMessageBox } = situation('install', busy)
    updates.follow(feed, api)
    await settled()
    updater.emit('update-downloaded', { version: '2.0.0' })
    await settled()
    expect(showMessageBox).not.toHaveBeenCalled()
    become(idle)
    await settled()
    expect(calls.slice(2)).toEqual(['ask', 'backup', 'leave', 'install'])
    updates.end()
  })

  it('are not installed into a delivery that began while the question stood there', async () => {
    const { updates, api, calls, updater, become, showMessageBox } = situation('install')
    updates.follow(feed, api)
    await settled()
    showMessageBox.mockImplementationOnce(async () => {
      calls.push('ask')
      become(busy)
      return { response: 0, checkboxChecked: false }
    })
    updater.emit('update-downloaded', { version: '2.0.0' })
    await settled()
    expect(calls.slice(2)).toEqual(['ask'])
    become(idle)
    await settled()
    expect(calls.slice(2)).toEqual(['ask', 'ask', 'backup', 'leave', 'install'])
    updates.end()
  })

  it('whose installer cannot do its work have the program begin anew, once', async () => {
    const { updates, api, calls, updater, lines } = situation('install')
    updater.quitAndInstall = () => void updater.emit('error', new Error('the password was not given'))
    updates.follow(feed, api)
    await settled()
    updater.emit('update-downloaded', { version: '2.0.0' })
    await settled()
    updater.emit('error', new Error('and once more'))
    expect(calls.slice(2)).toEqual(['ask', 'backup', 'leave', 'begin anew after 2.0.0'])
    expect(lines).toContain('error: 2.0.0 was not installed: the password was not given')
    updates.end()
  })

  it('that find the engine in the way have the program begin anew as well', async () => {
    const { updates, api, calls, updater, lines } = situation('install', idle, { isStuck: true })
    updates.follow(feed, api)
    await settled()
    updater.emit('update-downloaded', { version: '2.0.0' })
    await settled()
    expect(calls.slice(2)).toEqual(['ask', 'backup', 'leave', 'begin anew after 2.0.0'])
    expect(lines.at(-1)).toBe('error: 2.0.0 was not installed: Error: the engine did not close')
    updates.end()
  })

  it('that could not be installed are not offered again in the start after it', async () => {
    const { updates, api, showMessageBox, updater } = situation('install', idle, { declined: '2.0.0' })
    updates.follow(feed, api)
    await settled()
    updater.emit('update-downloaded', { version: '2.0.0' })
    await settled()
    expect(showMessageBox).not.toHaveBeenCalled()
    updates.end()
  })

  it('call nobody to a window that is closed', async () => {
    const { updates, api, calls, updater, see } = situation('install')
    see(false)
    updates.follow(feed, api)
    await settled()
    updater.emit('update-downloaded', { version: '2.0.0' })
    await settled()
    expect(calls.slice(2)).toEqual([])
    see(true)
    await settled()
    expect(calls.slice(2)).toEqual(['ask', 'backup', 'leave', 'install'])
    updates.end()
  })

  it('are left alone when the operator says later, and not asked about again', async () => {
    const { updates, api, calls, updater, become } = situation('later')
    updates.follow(feed, api)
    await settled()
    updater.emit('update-downloaded', { version: '2.0.0' })
    await settled()
    become(idle)
    await settled()
    expect(calls.slice(2)).toEqual(['ask'])
    updates.end()
  })

  it('are not asked about again when the feed is looked at once more, but a newer one is', async () => {
    const { updates, api, showMessageBox, updater } = situation('later')
    updates.follow(feed, api)
    await settled()

    for (const version of ['2.0.0', '2.0.0', '2.1.0']) {
      updater.emit('update-downloaded', { version })
      await settled()
    }

    expect(showMessageBox).toHaveBeenCalledTimes(2)
    updates.end()
  })

  it('that cannot be had are a line in the log', async () => {
    const { updates, api, updater, lines } = situation('install')
    updater.checkForUpdates = async () => {
      throw new Error('no such folder')
    }
    updates.follow(feed, api)
    await settled()
    updater.emit('error', new Error('broken'))
    expect(lines).toEqual(['warn: no new version: Error: no such folder', 'warn: looking for a new version: broken'])
    updates.end()
  })
})
