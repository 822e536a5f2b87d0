import { execFile } from 'node:child_process'

/** https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierWatcher/ */
const watcher = 'org.kde.StatusNotifierWatcher'
const query = [
  ...['call', '--session', '--timeout', '2', '--dest', watcher, '--object-path', '/StatusNotifierWatcher'],
  ...['--method', 'org.freedesktop.DBus.Properties.Get', watcher, 'IsStatusNotifierHostRegistered'],
]

/**
 * Whether the desktop shows tray icons now. On Linux another program shows them, which is often missing (GNOME has none),
 * and Electron does not report that. So the session bus is asked, with the tool that comes with GLib; each time again,
 * since panels come and go. Without that tool the answer is yes. On X11 it is also yes, except on GNOME: panels there
 * may show tray icons in an older way, on which Electron falls back.
 */
export async function hasTrayHost(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): Promise<boolean> {
  if (platform !== 'linux') return true
  const isRegistered = await new Promise<boolean>((resolve) => {
    execFile('gdbus', query, { env: environment, timeout: 3_000 }, (error, answer) =>
      resolve(error === null ? answer.includes('true') : error.code === 'ENOENT'),
    )
  })
  const { XDG_SESSION_TYPE, XDG_CURRENT_DESKTOP = '' } = environment
  return isRegistered || (XDG_SESSION_TYPE === 'x11' && !/gnome/i.test(XDG_CURRENT_DESKTOP))
}

const maxChecks = 15
const checkEveryMs = 2_000

/** Waits up to 30 s for a tray: at login the panel may start after the programs that the desktop starts. */
export async function waitForTrayHost(isShown: () => Promise<boolean>): Promise<boolean> {
  for (let check = 0; check < maxChecks; check += 1) {
    if (await isShown()) return true
    await new Promise((resolve) => setTimeout(resolve, checkEveryMs).unref())
  }
  return false
}
