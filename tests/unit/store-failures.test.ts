import { DatabaseError } from 'sequelize'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type BlockedReport, createStoreFailures } from '#electron/sending/store-failures.ts'
import { openFailure } from '#electron/store/sqlite/open-failure.ts'
import { troubleOf } from '#electron/store/sqlite/trouble.ts'
import { errorText } from '#shared/errors/app-error.ts'

function coded(code: string): Error {
  return Object.assign(new Error(`${code}: it did not work`), { code })
}

describe('the trouble that an error indicates:', () => {
  test.each([
    ['SQLITE_FULL', 'full'],
    ['ENOSPC', 'full'],
    ['SQLITE_READONLY', 'readonly'],
    ['SQLITE_CANTOPEN', 'readonly'],
    ['SQLITE_IOERR', 'failing'],
    ['SQLITE_CORRUPT', 'damaged'],
    ['SQLITE_NOTADB', 'damaged'],
    ['SQLITE_CONSTRAINT', null],
    ['SQLITE_ERROR', null],
    ['toString', null],
  ])('%s is %s', (code, trouble) => {
    const error = coded(code)
    expect(troubleOf(error)).toBe(trouble)
    expect(troubleOf(new DatabaseError(Object.assign(error, { sql: 'COMMIT' })))).toBe(trouble)
  })

  test('anything else is nothing of the kind', () => {
    expect([troubleOf(new TypeError('SQLITE_FULL')), troubleOf('SQLITE_FULL'), troubleOf(null)]).toEqual([
      null,
      null,
      null,
    ])
  })
})

test('what keeps a store from being opened names the file and the remedy', () => {
  const file = '/nowhere/herald.db'
  const damaged = { code: 'store_file_damaged', params: { file } } as const
  const wordsFor = (code: string) => openFailure(coded(code), file, damaged)
  expect(wordsFor('SQLITE_FULL')).toMatchObject({
    message: `the disk has no room for ${file}: free up space, or choose another data directory`,
  })
  expect(wordsFor('SQLITE_IOERR')).toMatchObject({
    message: expect.stringContaining(`read or write errors at ${file}`),
  })
  expect(wordsFor('SQLITE_CORRUPT')).toMatchObject({ message: `${file} is damaged` })
  const other = coded('SQLITE_ERROR')
  expect(openFailure(other, file, damaged)).toBe(other)
})

function watched() {
  const blocked: BlockedReport['blocked'][] = []
  const lines: string[] = []
  const failures = createStoreFailures({
    clock: { now: Date.now },
    troubleOf,
    report: (report) => {
      if (report.type === 'blocked') blocked.push(report.blocked)
      else lines.push(`${report.level} ${report.text}`)
    },
  })
  return { failures, blocked, lines }
}

const full = {
  status: 'blocked',
  reason: errorText({ code: 'store_full' }),
  error: { code: 'store_full', params: {} },
  since: '2026-11-23T10:00:00.000Z',
  nextProbeAt: '2026-11-23T10:00:01.000Z',
}

describe('the sender', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse('2026-11-23T10:00:00.000Z') })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('reports a full disk with each try, logs it once, and reports when it is over', async () => {
    const { failures, blocked, lines } = watched()
    failures.succeeded()
    for (let tries = 0; tries < 3; tries += 1) {
      const waiting = failures.failed(coded('SQLITE_FULL'))
      await vi.advanceTimersByTimeAsync(1_000)
      await waiting
    }
    expect(blocked).toEqual([0, 1, 2].map((n) => ({ ...full, nextProbeAt: `2026-11-23T10:00:0${n + 1}.000Z` })))
    expect(lines).toEqual([
      expect.stringMatching(/^error the store is not writable.*directory is full: free up space.*SQLITE_FULL/),
    ])
    failures.succeeded()
    failures.succeeded()
    expect(blocked.slice(3)).toEqual([null])
    expect(lines.slice(1)).toEqual([expect.stringMatching(/^info the store is writable again.*2026-11-23T10:00:00/)])
  })

  test('reports an unknown error too: messages wait all the same', () => {
    const { failures, blocked, lines } = watched()
    void failures.failed(new TypeError('no such thing'))
    expect(blocked).toEqual([{ ...full, reason: null, error: undefined }])
    expect(lines).toEqual([expect.stringContaining('TypeError: no such thing')])
  })

  test('retries while the disk is full, but not after an error of the program', async () => {
    const { failures, blocked } = watched()
    let tries = 0
    const settled = failures.retry(
      async () => {
        tries += 1
        if (tries < 3) throw coded('SQLITE_FULL')
        return 'done'
      },
      () => false,
    )
    await vi.advanceTimersByTimeAsync(2_000)
    expect(await settled).toBe('done')
    expect(blocked.map((report) => report?.status ?? null)).toEqual(['blocked', 'blocked', null])

    const mistake = new TypeError('no such thing')
    await expect(
      failures.retry(
        () => Promise.reject(mistake),
        () => false,
      ),
    ).rejects.toBe(mistake)
    expect(
      await failures.retry(
        () => Promise.reject(mistake),
        () => true,
      ),
    ).toBeNull()
  })
})
