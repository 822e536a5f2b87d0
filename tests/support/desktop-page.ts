/**
 * Returns the script that runs in a page before the console, in place of Electron's renderer: the part of `electron` that
 * the preload uses, then the built preload itself.
 */
export function preloadInPage(host: string, binding: string, preload: string): string {
  return `(() => {
    if (location.host !== ${JSON.stringify(host)}) return
    const report = (message) => window[${JSON.stringify(binding)}](message)
    const listeners = new Map()
    const ports = new Map()
    const toText = (bytes) => {
      let text = ''
      for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768))
      return btoa(text)
    }
    const pack = (data) => typeof data === 'string' ? { text: data }
      : { base64: toText(data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array(data.buffer, data.byteOffset, data.byteLength)) }
    const unpack = ({ text, base64 }) => text ?? Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    window.heraldStandIn = {
      givePort(channel, port) {
        const { port1, port2 } = new MessageChannel()
        ports.set(port, port1)
        port1.onmessage = ({ data }) => report({ kind: 'data', port, ...pack(data) })
        for (const listen of listeners.get(channel) ?? []) listen({ ports: [port2] })
      },
      receive(channel, message) {
        for (const listen of listeners.get(channel) ?? []) listen({ ports: [] }, message)
      },
      deliver: (port, packed) => ports.get(port)?.postMessage(unpack(packed)),
      close(port) {
        ports.get(port)?.close()
        ports.delete(port)
      },
    }
    const electron = {
      contextBridge: { exposeInMainWorld: (name, api) => Object.defineProperty(window, name, { value: Object.freeze(api) }) },
      ipcRenderer: {
        send: (channel) => report({ kind: 'send', channel }),
        on: (channel, listen) => listeners.set(channel, [...(listeners.get(channel) ?? []), listen]),
      },
    }
    const module = { exports: {} }
    const require = (name) => {
      if (name === 'electron') return electron
      throw new Error('a sandboxed preload cannot load ' + name)
    }
    ;((require, module, exports) => {
${preload}
    })(require, module, module.exports)
  })()`
}
