import { expect, it } from 'vitest'
import { singleFile } from '#electron/desktop/startup/packaging.ts'
import { asAppImage, asPortable } from '#tests/support/single-file.ts'

const execPath = '/opt/Herald/herald'

it.each([
  ['an AppImage', asAppImage],
  ['a portable program', asPortable],
])('the program knows its single file: %s', (_kind, as) => {
  expect(singleFile({ execPath, ...as('/home/anna/Herald') })).toBe('/home/anna/Herald')
})

it.each([
  ['an AppImage of somebody else', () => asAppImage('/home/anna/Terminal.AppImage').environment],
  ['an AppImage that has gone', () => ({ APPIMAGE: '/home/anna/Terminal.AppImage', APPDIR: '/tmp/.mount_gone' })],
  ['a portable program of somebody else', () => asPortable('D:\\Terminal.exe', 'terminal').environment],
  ['the menu', () => ({})],
])('an installed program has no single file: %s', (_kind, environment) => {
  expect(singleFile({ execPath, environment: environment() })).toBeUndefined()
})
