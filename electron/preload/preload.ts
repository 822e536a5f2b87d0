import { contextBridge, ipcRenderer } from 'electron'
import { type DesktopBridge, portMessage, portWantedChannel, screenWantedChannel } from '#shared/desktop-bridge.ts'

let onScreen: ((path: string) => void) | null = null
let waiting: string | null = null

const bridge: DesktopBridge = {
  requestPort: () => ipcRenderer.send(portWantedChannel),
  onScreenWanted(listener) {
    onScreen = listener
    if (waiting !== null) listener(waiting)
    waiting = null
    return () => {
      if (onScreen === listener) onScreen = null
    }
  },
}

ipcRenderer.on(portMessage, (event) => {
  window.postMessage(portMessage, window.location.origin, [...event.ports])
})

ipcRenderer.on(screenWantedChannel, (_event, path: string) => {
  if (onScreen === null) waiting = path
  else onScreen(path)
})

contextBridge.exposeInMainWorld('heraldDesktop', bridge)
