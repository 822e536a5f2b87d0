import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openLogs } from '#electron/base/log.ts'
import { traceLine } from '#electron/base/trace-line.ts'
import { temporaryFolder } from '#tests/support/engine.ts'
import { makeSmallDisk } from '#tests/support/small-disk.ts'

const at = Date.parse('2026-11-23T10:00:00.000Z')

test('a log keeps a limited number of files of limited size, newest lines first, and tears no line', async () => {
  const dataDir = await temporaryFolder()
  const { scheduler } = openLogs(dataDir, { fileBytes: 2_000, kept: 3 })
  const blocks = 200
  for (let block = 0; block < blocks; block += 1) {
    const lines = [1, 2, 3].map((n) => traceLine(at, { delivery: block, message: n, status: 'sent' }))
    scheduler.lines(lines.join(''))
  }

  const folder = join(dataDir, 'logs')
  const names = (await readdir(folder)).sort()
  expect(names).toEqual(['scheduler.1.log', 'scheduler.2.log', 'scheduler.3.log', 'scheduler.log'])
  let lines: string[] = []
  for (const name of ['scheduler.3.log', 'scheduler.2.log', 'scheduler.1.log', 'scheduler.log']) {
    // A file is rotated after it exceeds its limit, which the current block may do.
    expect((await stat(join(folder, name))).size).toBeLessThan(2_000 + 300)
    lines = [...lines, ...(await readFile(join(folder, name), 'utf8')).trimEnd().split(/\r?\n/)]
  }
  expect(lines.length).toBeGreaterThan(90)
  const newest = Array.from({ length: blocks * 3 }, (_, n) =>
    traceLine(at, { delivery: Math.floor(n / 3), message: (n % 3) + 1, status: 'sent' }).trimEnd(),
  ).slice(-lines.length)
  expect(lines).toEqual(newest)
})

test('a log is readable by its owner alone', async () => {
  const dataDir = await temporaryFolder()
  openLogs(dataDir).main.info('hello')
  if (process.platform === 'win32') return
  expect((await stat(join(dataDir, 'logs', 'main.log'))).mode & 0o077).toBe(0)
})

test('what is written goes to the file with its moment and level, masked, and percent signs mean nothing', async () => {
  const dataDir = await temporaryFolder()
  const { main, scheduler } = openLogs(dataDir)
  main.error('client 79001234567 at 100%d %s, Bearer secret')
  scheduler.lines(traceLine(at, { answer: 'to 8 (900) 123-45-67: 100%d %s' }, 'warn'))

  const read = (name: string) => readFile(join(dataDir, 'logs', name), 'utf8')
  expect(await read('main.log')).toMatch(
    /^\d{4}-\d\d-\d\dT[\d:.]+Z error client 7900\*{5}67 at 100%d %s, Bearer <token>\r?\n$/,
  )
  expect(await read('scheduler.log')).toMatch(
    /^2026-11-23T10:00:00\.000Z warn answer="to 8 \(900\*{5}67: 100%d %s"\r?\n$/,
  )
})

test('a log whose file cannot be made at first begins as soon as it can', async () => {
  const dataDir = await temporaryFolder()
  const { main } = openLogs(dataDir)
  await writeFile(join(dataDir, 'logs'), 'in the way')
  main.info('lost')
  main.info('lost too')
  await rm(join(dataDir, 'logs'))
  main.info('there is a place')
  const text = await readFile(join(dataDir, 'logs', 'main.log'), 'utf8')
  expect(text).toMatch(/^\S+ warn 2 entries before this one could not be written\r?\n\S+ info there is a place\r?\n$/)
})

const trial = makeSmallDisk(1)
if (typeof trial !== 'string') trial.remove()

test.skipIf(typeof trial === 'string')(
  'a full disk loses only the lines without space: the log records how many, and continues',
  async () => {
    const disk = makeSmallDisk(1)
    if (typeof disk === 'string') throw new Error(disk)
    onTestFinished(disk.remove)
    disk.fill()
    const { main } = openLogs(join(disk.folder, 'data'))
    const long = 'x'.repeat(300)
    for (let n = 1; n <= 100; n += 1) main.info(`line ${n} ${long}`)
    disk.makeRoom()
    main.info('there is room')
    main.info('and more')
    disk.fill()
    for (let n = 1; n <= 100; n += 1) main.info(`line ${n} ${long}`)
    disk.makeRoom()
    main.info('there is room again')
    main.info('the last')

    const lines = (await readFile(join(disk.folder, 'data', 'logs', 'main.log'), 'utf8')).trimEnd().split(/\r?\n/)
    const words = lines.map((line) => line.replace(/^\d{4}-\d\d-\d\dT[\d:.]+Z /, ''))
    const kept = words.filter((line) => line.startsWith('info line ')).length
    expect(kept).toBeLessThan(100)
    expect(words).toEqual([
      'warn 100 entries before this one could not be written',
      'info there is room',
      'info and more',
      ...Array.from({ length: kept }, (_, n) => `info line ${n + 1} ${long}`),
      `warn ${100 - kept} entries before this one could not be written`,
      'info there is room again',
      'info the last',
    ])
  },
)
