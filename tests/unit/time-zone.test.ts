import { execFileSync } from 'node:child_process'
import process from 'node:process'
import { describe, expect, test } from 'vitest'
import { canonicalTimeZone, isTimeZone } from '#shared/domain/time-zone.ts'

describe('a time zone', () => {
  test.each(['Europe/Moscow', 'Asia/Kamchatka', 'America/Argentina/Buenos_Aires', 'UTC', 'Etc/GMT+3', 'europe/moscow'])(
    '%s is known',
    (name) => {
      expect(isTimeZone(name)).toBe(true)
    },
  )

  test.each(['', ' ', 'Moscow', 'Europe/Nowhere', '+03:00', '-05', 'UTC+3', 'GMT+3', 'Europe/Moscow ', '3'])(
    '%j is refused',
    (name) => {
      expect(isTimeZone(name)).toBe(false)
      // The second answer is cached.
      expect(isTimeZone(name)).toBe(false)
    },
  )

  test.each([
    ['europe/moscow', 'Europe/Moscow'],
    ['ASIA/OMSK', 'Asia/Omsk'],
    ['utc', 'UTC'],
    ['W-SU', 'W-SU'],
    ['Mars/Olympus', null],
  ])('%s is spelt %s', (name, spelling) => {
    expect(canonicalTimeZone(name)).toBe(spelling)
  })
})

describe('the zone of the machine', () => {
  const source = `import { machineTimeZone } from '#shared/domain/time-zone.ts'; process.stdout.write(machineTimeZone())`
  test.each([
    ['Asia/Omsk', 'Asia/Omsk'],
    ['', 'UTC'],
    ['Nowhere/At_All', 'UTC'],
    [':', 'UTC'],
  ])('with TZ=%j is %s', (TZ, zone) => {
    const said = execFileSync(process.execPath, ['--input-type=module', '--eval', source], {
      env: { ...process.env, TZ },
      encoding: 'utf8',
    })
    expect(said).toBe(zone)
  })
})
