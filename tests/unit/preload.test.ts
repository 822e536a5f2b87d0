import { EventEmitter } from 'node:events'
import { expect, it, vi } from 'vitest'
import { type DesktopBridge, portWantedChannel, screenWantedChannel } from '#shared/desktop-bridge.ts'

/** The preload as a page meets it, and the wire to the main process behind it. */
async function loadPreload() {
  const wire = Object.assign(new EventEmitter(), { send: vi.fn() })
  const exposed = new Map<string, DesktopBridge>()
  vi.resetModules()
  vi.doMock('electron', () => ({
    contextBridge: { exposeInMainWorld: (name: string, bridge: DesktopBridge) => exposed.set(name, bridge) },
    ipcRenderer: wire,
  }))
  await import('#electron/preload/preload.ts')
  const bridge = exposed.get('heraldDesktop')
  if (bridge === undefined) throw new Error('the preload exposed nothing')
  return { bridge, wire, wanted: (path: string) => wire.emit(screenWantedChannel, {}, path) }
}

it('the preload requests a port on its channel, and nothing else', async () => {
  const { bridge, wire } = await loadPreload()

  bridge.requestPort()

  expect(wire.send.mock.calls).toEqual([[portWantedChannel]])
  expect(Object.keys(bridge)).toEqual(['requestPort', 'onScreenWanted'])
})

it('a screen requested before the console listens is delivered later, only the last one', async () => {
  const { bridge, wanted } = await loadPreload()
  const listener = vi.fn()
  wanted('/clients')
  wanted('/deliveries/7')

  bridge.onScreenWanted(listener)
  wanted('/settings')

  expect(listener.mock.calls).toEqual([['/deliveries/7'], ['/settings']])
})

it('a removed listener hears nothing more, and does not affect a later one', async () => {
  const { bridge, wanted } = await loadPreload()
  const [first, second] = [vi.fn(), vi.fn()]
  const stop = bridge.onScreenWanted(first)
  stop()
  wanted('/clients')
  bridge.onScreenWanted(second)
  stop()

  wanted('/settings')

  expect(first).not.toHaveBeenCalled()
  expect(second.mock.calls).toEqual([['/clients'], ['/settings']])
})
