import { execFile } from 'node:child_process'

/** https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierWatcher/ */
const watcher = 'org.kde.StatusNotifierWatcher'
const question = [
  ...['call', '--session', '--timeout', '2', '--dest', watcher, '--object-path', '/StatusNotifierWatcher'],
  ...['--method', 'org.freedesktop.DBus.Properties.Get', watcher, 'IsStatusNotifierHostRegistered'],
]

/**
 * Whether a program in the tray is to be seen. On Linux the tray is another program's, which is often not there (GNOME has none by itself),
 * and Electron does not say so: it is asked for on the session's bus, by the tool that comes with GLib. Where that is missing, it is taken
 * to be there, and so it is on X11, whose panels may show trays in an older way that Electron falls back on; of GNOME it is known that it
 * shows none. Asked anew each time, since it comes and goes with the panel.
 */
export async function hasTrayHost(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): Promise<boolean> {
  if (platform !== 'linux') return true
  const isHostThere = await new Promise<boolean>((resolve) => {
    execFile('gdbus', question, { env: environment, timeout: 3_000 }, (error, answer) =>
      resolve(error === null ? answer.includes('true') : error.code === 'ENOENT'),
    )
  })
  const { XDG_SESSION_TYPE, XDG_CURRENT_DESKTOP = '' } = environment
  return isHostThere || (XDG_SESSION_TYPE === 'x11' && !/gnome/i.test(XDG_CURRENT_DESKTOP))
}

const panelLooks = 15
const panelPauseMs = 2_000

/** The same at a login, at which the panel may come later than the programs that the desktop starts. */
export async function trayHostComes(isThere: () => Promise<boolean>): Promise<boolean> {
  for (let look = 0; look < panelLooks; look += 1) {
    if (await isThere()) return true
    await new Promise((resolve) => setTimeout(resolve, panelPauseMs).unref())
  }
  return false
}
