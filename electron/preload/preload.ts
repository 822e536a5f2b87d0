import { contextBridge, ipcRenderer } from 'electron'
import { type DesktopBridge, portMessage, portWantedChannel } from '#shared/desktop-bridge.ts'

const bridge: DesktopBridge = {
  requestPort: () => ipcRenderer.send(portWantedChannel),
}

ipcRenderer.on(portMessage, (event) => {
  window.postMessage(portMessage, window.location.origin, [...event.ports])
})

contextBridge.exposeInMainWorld('heraldDesktop', bridge)
