import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildDesktop } from '#tests/support/desktop-build.ts'
import { removeFolder } from '#tests/support/remove-folder.ts'

const run = promisify(execFile)
const project = join(import.meta.dirname, '../..')

let out: string
let dataDir: string
let told: Readonly<Record<string, unknown>>

beforeAll(async () => {
  // Inside the project, where the built files find the packages that they import.
  await mkdir(join(project, 'test-results'), { recursive: true })
  out = await mkdtemp(join(project, 'test-results', 'desktop-'))
  dataDir = await mkdtemp(join(tmpdir(), 'herald-desktop-'))
  await buildDesktop(out)
  const { stdout } = await run(process.execPath, [join(project, 'tests/support/desktop-story.ts'), out], {
    cwd: project,
    env: { ...process.env, HERALD_DATA_DIR: dataDir, HERALD_GATEWAY_URL: '', HERALD_GATEWAY_TOKEN: '' },
    timeout: 45_000,
  })
  told = JSON.parse(stdout)
})

afterAll(async () => {
  await removeFolder(out)
  await removeFolder(dataDir)
})

describe('the built desktop app over a stand-in for Electron', () => {
  it('imports a file through the port of its window, line by line accounted for', () => {
    expect(told.report).toMatchObject({ total: 3, created: 2, refused: 1, refusals: [{ line: 4, field: 'phone' }] })
  })

  it('sends through the built worker jobs until every message is final', () => {
    expect(told.delivery).toMatchObject({
      status: 'completed',
      messages: { byStatus: { queued: 0, sending: 0, sent: 2 } },
    })
  })

  it('tells by a notification that the delivery is complete', () => {
    expect(told.notices).toEqual([{ title: '“Hello from the built program” completed', body: '2 messages sent' }])
  })

  it('keeps the token in the keyring, and not in the bytes of the store', async () => {
    const store = await readFile(join(dataDir, 'herald.db'), 'latin1')

    expect(told.hasToken).toBe(true)
    expect(store).toContain('keyring:')
    expect(store).not.toContain('eyJhbGciOiJub25lIn0')
  })

  it('closes its engine and ends', () => {
    expect(told).toMatchObject({ exitCode: 0, windows: 1 })
  })
})
