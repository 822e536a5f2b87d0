import { findElectronRuntime } from '../../electron/dev/electron-runtime.ts'

/** Where the real Electron is, or why nothing can run on it here. */
export function electronHere(): { readonly executable: string } | { readonly missing: string } {
  const runtime = findElectronRuntime()
  if (!runtime.found) return { missing: runtime.reason }
  const { platform, env } = process
  const screen = platform !== 'linux' || env.DISPLAY || env.WAYLAND_DISPLAY
  return screen ? { executable: runtime.executable } : { missing: 'there is no screen' }
}
