import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { removeFolder } from '../support/remove-folder.ts'
import { spawnSignalled } from '../support/signalled-child.ts'

const project = join(import.meta.dirname, '../..')

interface Program {
  /** Its output so far. */
  readonly output: { stdout: string; stderr: string }
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>
  /** The address behind `ready`. */
  ready(): Promise<URL>
  kill(signal: NodeJS.Signals): void
}

/** Runs an entry file of the program from its source. */
function run(entry: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): Program {
  const { child, signal } = spawnSignalled([join(project, entry), ...args], { env: { ...process.env, ...environment } })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal }))
  onTestFinished(async () => {
    signal('SIGKILL')
    await ended
  })
  return {
    output,
    ended,
    async ready() {
      await expect.poll(() => output.stdout + output.stderr, { timeout: 30_000 }).toContain('ready http')
      return new URL(output.stdout.slice('ready '.length))
    },
    kill: signal,
  }
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'herald-process-'))
  onTestFinished(() => removeFolder(folder))
  return folder
}

describe('the web host as a program', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'prints one line when it is ready, and exits with 0 on %s',
    async (signal) => {
      const program = run('electron/web/main.ts', [
        '--data-dir',
        await temporaryFolder(),
        '--port',
        '0',
        '--token',
        'a+b&c',
      ])
      const link = await program.ready()
      expect(program.output.stdout).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+\/\?token=a%2Bb%26c\n$/)
      const headers = { authorization: 'Bearer a+b&c' }
      expect((await fetch(new URL('/clients/', link), { headers })).status).toBe(200)
      const stream = await fetch(new URL('/rpc/progress/live', link), { method: 'POST', headers })

      program.kill(signal)
      await stream.text()
      expect(await program.ended).toEqual({ code: 0, signal: null })
      expect(program.output.stdout.match(/\n/g)).toHaveLength(1)
      expect(program.output.stderr).toBe('')
    },
  )

  test('chooses a random token', async () => {
    const program = run('electron/web/main.ts', ['--port', '0'], { HERALD_DATA_DIR: await temporaryFolder() })
    const link = await program.ready()
    expect(link.searchParams.get('token')).toMatch(/^[\w-]{32}$/)
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(303)
  })
})

describe('the web host, when it cannot start,', () => {
  test('explains an invalid command line', async () => {
    const program = run('electron/web/main.ts', ['--port', '70000'])
    expect(await program.ended).toEqual({ code: 2, signal: null })
    expect(program.output.stderr).toMatch(
      /^--port must be a whole number from 0 to 65535, not "70000"\.\nUsage: npm run web/,
    )
    expect(program.output.stderr).not.toMatch(/\n {4}at /)
    expect(program.output.stdout).toBe('')
  })

  test('reports that its port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void other.close())
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const program = run('electron/web/main.ts', ['--data-dir', await temporaryFolder(), '--port', String(port)])
    expect(await program.ended).toEqual({ code: 1, signal: null })
    expect(program.output.stderr).toBe(
      `Herald cannot start: port ${port} is in use by another program: choose another with --port\n`,
    )
  })

  test('reports that another process uses its directory', async () => {
    const dataDir = await temporaryFolder()
    await run('electron/web/main.ts', ['--data-dir', dataDir, '--port', '0']).ready()
    const second = run('electron/web/main.ts', ['--data-dir', dataDir, '--port', '0'])
    expect(await second.ended).toEqual({ code: 1, signal: null })
    expect(second.output.stderr).toMatch(/^Herald cannot start: another Herald has .+ open: .+\n$/)
    expect(second.output.stdout).toBe('')
  })
})

describe('the web host under npm', () => {
  test('is started by npm start without Electron, with the same output', async () => {
    const nowhere = { ELECTRON_OVERRIDE_DIST_PATH: await temporaryFolder(), DISPLAY: ':0' }
    const program = run('electron/start.ts', ['--data-dir', await temporaryFolder(), '--port', '0'], nowhere)
    const link = await program.ready()
    expect(program.output.stderr).toMatch(/^The Electron runtime is missing: .+\. Starting the web host instead\.\n/)
    const console = await fetch(new URL('/', link), {
      headers: { authorization: `Bearer ${link.searchParams.get('token')}` },
    })
    expect(console.status).toBe(200)
  })

  test('exits with 0 when npm dies of the signal that it should pass on', async ({ skip }) => {
    skip(process.platform === 'win32', 'on Windows no shell dies of a signal that npm passes on')
    const dataDir = await temporaryFolder()
    const command = `"${process.execPath}" electron/web/main.ts --data-dir "${dataDir}" --port 0; true`
    const shell = spawn('sh', ['-c', command], { cwd: project, env: { ...process.env, npm_lifecycle_event: 'web' } })
    let stdout = ''
    shell.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    await expect.poll(() => stdout, { timeout: 30_000 }).toContain('ready http')
    // The pipe ends when the last process that writes to it does.
    const ended = once(shell.stdout, 'close')
    shell.kill('SIGTERM')
    await ended
    expect(await readFile(join(dataDir, 'logs/main.log'), 'utf8')).toContain('Herald closes')
  })
})
