import { EventEmitter } from 'node:events'
import type { AppUpdater } from 'electron-updater'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { EngineApi, SendingStatus } from '#electron/desktop/sending-watch.ts'
import { translationsFor } from '#electron/desktop/translations.ts'
import { Updates } from '#electron/desktop/updates/updates.ts'
import { readableLog } from '#tests/support/readable-log.ts'

const idle: SendingStatus = { running: 0, share: 0, scheduled: 0, channel: 'open' }
const busy: SendingStatus = { ...idle, running: 1 }
const feed = 'https://herald.example/new'

/** Creates updates over a feed with a new version; the user gives this answer. */
function setUp(
  answer: 'install' | 'later',
  status: SendingStatus = idle,
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
  let present = status
  let isVisible = true
  const ask = vi.fn(async () => {
    calls.push('ask')
    return { response: answer === 'install' ? 0 : 1, checkboxChecked: false }
  })
  const load = vi.fn(async () => updater as unknown as AppUpdater)
  const { log, lines } = readableLog()
  const updates = new Updates({
    declined,
    dialogs: { ask },
    updater: load,
    texts: () => translationsFor('en'),
    readStatus: async () => {
      // Reading the status reports it to all listeners.
      updates.offerIfIdle(present)
      return present
    },
    async beforeInstall() {
      calls.push('close')
      if (isStuck) throw new Error('the engine did not close')
    },
    installFailed: (version) => void calls.push(`restart after ${version}`),
    isWindowVisible: () => isVisible,
    log,
  })
  onTestFinished(() => updates.stop())
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
    ask,
    /** Downloads version 2.0.0 from the feed. */
    async download(): Promise<void> {
      updates.follow(feed, api)
      await settled()
      updater.emit('update-downloaded', { version: '2.0.0' })
      await settled()
    },
    /** The user hides the window, or shows it. */
    see(visible: boolean) {
      isVisible = visible
      updates.offerIfIdle(present)
    },
    setStatus(next: SendingStatus) {
      present = next
      updates.offerIfIdle(next)
    },
  }
}

/** Resolves once all pending promises have settled: the host waits for nothing else here. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

it('without a feed nothing is checked, and the updater is not loaded', async () => {
  const { updates, api, load, calls } = setUp('install')
  updates.follow('', api)
  updates.offerIfIdle(idle)
  await settled()
  expect(load).not.toHaveBeenCalled()
  expect(calls).toEqual([])
})

it('new versions come only from the feed, never older ones, and never install themselves', async () => {
  const { updates, api, calls, updater } = setUp('install')
  updates.follow(feed, api)
  updates.follow(feed, api)
  await settled()
  expect(calls).toEqual([`feed {"provider":"generic","url":"${feed}"}`, 'check'])
  expect(updater).toMatchObject({ autoDownload: true, autoInstallOnAppQuit: false, allowDowngrade: false })
})

it('a new version is installed after a question and a backup', async () => {
  const { calls, download } = setUp('install')
  await download()
  expect(calls.slice(2)).toEqual(['ask', 'backup', 'close', 'install'])
})

it('a delivery that starts during the backup stops the installation', async () => {
  const { updates, api, calls, updater, setStatus } = setUp('install')
  updates.follow(feed, api)
  await settled()
  Object.assign(api.backups, { make: async () => setStatus(busy) })
  updater.emit('update-downloaded', { version: '2.0.0' })
  await settled()
  expect(calls.slice(2)).toEqual(['ask'])
})

it('a new version is offered once nothing is being sent', async () => {
  const { calls, setStatus, ask, download } = setUp('install', busy)
  await download()
  expect(ask).not.toHaveBeenCalled()
  setStatus(idle)
  await settled()
  expect(calls.slice(2)).toEqual(['ask', 'backup', 'close', 'install'])
})

it('a delivery that starts during the question stops the installation', async () => {
  const { updates, api, calls, updater, setStatus, ask } = setUp('install')
  updates.follow(feed, api)
  await settled()
  ask.mockImplementationOnce(async () => {
    calls.push('ask')
    setStatus(busy)
    return { response: 0, checkboxChecked: false }
  })
  updater.emit('update-downloaded', { version: '2.0.0' })
  await settled()
  expect(calls.slice(2)).toEqual(['ask'])
  setStatus(idle)
  await settled()
  expect(calls.slice(2)).toEqual(['ask', 'ask', 'backup', 'close', 'install'])
})

it('an installer that fails restarts the program once', async () => {
  const { calls, updater, lines, download } = setUp('install')
  updater.quitAndInstall = () => void updater.emit('error', new Error('the password was not given'))
  await download()
  updater.emit('error', new Error('and once more'))
  expect(calls.slice(2)).toEqual(['ask', 'backup', 'close', 'restart after 2.0.0'])
  expect(lines).toContain('error: 2.0.0 was not installed: the password was not given')
})

it('an engine that does not close restarts the program too', async () => {
  const { calls, lines, download } = setUp('install', idle, { isStuck: true })
  await download()
  expect(calls.slice(2)).toEqual(['ask', 'backup', 'close', 'restart after 2.0.0'])
  expect(lines.at(-1)).toBe('error: 2.0.0 was not installed: Error: the engine did not close')
})

it('a version whose installation failed is not offered again in the next run', async () => {
  const { ask, download } = setUp('install', idle, { declined: '2.0.0' })
  await download()
  expect(ask).not.toHaveBeenCalled()
})

it('no version is offered while the window is hidden', async () => {
  const { calls, see, download } = setUp('install')
  see(false)
  await download()
  expect(calls.slice(2)).toEqual([])
  see(true)
  await settled()
  expect(calls.slice(2)).toEqual(['ask', 'backup', 'close', 'install'])
})

it('a postponed version is not offered again in this run', async () => {
  const { calls, setStatus, download } = setUp('later')
  await download()
  setStatus(idle)
  await settled()
  expect(calls.slice(2)).toEqual(['ask'])
})

it('after a postponed version only a newer one is offered', async () => {
  const { updates, api, ask, updater } = setUp('later')
  updates.follow(feed, api)
  await settled()

  for (const version of ['2.0.0', '2.0.0', '2.1.0']) {
    updater.emit('update-downloaded', { version })
    await settled()
  }

  expect(ask).toHaveBeenCalledTimes(2)
})

it('a failed check is logged', async () => {
  const { updates, api, updater, lines } = setUp('install')
  updater.checkForUpdates = async () => {
    throw new Error('no such folder')
  }
  updates.follow(feed, api)
  await settled()
  updater.emit('error', new Error('broken'))
  expect(lines).toEqual(['warn: no new version: Error: no such folder', 'warn: checking for a new version: broken'])
})
