import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What Electron's binary carries before its fuses: https://www.electronjs.org/docs/latest/tutorial/fuses#how-do-fuses-work */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** The first version of the fuse wire, in its order. */
const fuseNames = [
  'runAsNode',
  'cookieEncryption',
  'nodeOptions',
  'nodeCliInspect',
  'embeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const

/** Makes a folder that the packager takes for Electron's Linux distribution: all of it but the program, with the fuses as Electron ships them. */
export async function makeHollowElectron(folder: string, version: string): Promise<void> {
  await mkdir(join(folder, 'locales'), { recursive: true })
  await mkdir(join(folder, 'resources'))
  const wire = Buffer.concat([Buffer.from(sentinel), Buffer.from([1, fuseNames.length]), Buffer.from('10110001')])
  await writeFile(join(folder, 'electron'), Buffer.concat([Buffer.alloc(64), wire, Buffer.alloc(64)]), { mode: 0o755 })
  await writeFile(join(folder, 'version'), version)
  for (const file of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'locales/en-US.pak']) {
    await writeFile(join(folder, file), '')
  }
}

/** Which fuses of a packaged binary are on. */
export async function readFuses(binary: string): Promise<Record<(typeof fuseNames)[number], boolean>> {
  const bytes = await readFile(binary)
  const start = bytes.indexOf(sentinel) + sentinel.length + 2
  const states = fuseNames.map((name, index) => [name, String.fromCharCode(bytes[start + index] ?? 0) === '1'])
  return Object.fromEntries(states)
}
