import { describe, expect, test } from 'vitest'
import { parseJsonPath, readJsonPath } from '#shared/domain/json-path.ts'

describe('a path into JSON', () => {
  test.each([
    ['code', ['code']],
    [' code ', ['code']],
    ['$', []],
    ['$.code', ['code']],
    ['data.status', ['data', 'status']],
    ['messages[0].status', ['messages', 0, 'status']],
    ['[0]', [0]],
    ['$[12][3]', [12, 3]],
    ['["odd name"].id', ['odd name', 'id']],
    ['$["a.b"][\'c]d\']', ['a.b', 'c]d']],
    ['["say \\"hi\\" \\u0041"]', ['say "hi" A']],
    ['данные.код', ['данные', 'код']],
    ['message-count', ['message-count']],
    ['items.0', ['items', '0']],
  ])('%s', (path, steps) => {
    expect(parseJsonPath(path)).toEqual({ ok: true, steps })
  })

  test.each([
    ['', 1],
    [' ', 1],
    ['.code', 1],
    ['$code', 2],
    ['code.', 5],
    ['a..b', 2],
    ['a b', 2],
    ['a[0]b', 5],
    ['a[-1]', 2],
    ['a[*]', 2],
    ['$..a', 2],
    ['a[', 2],
    ['a["b]', 2],
    ['a["\\x"]', 2],
    ['a]', 2],
  ])('%j makes no sense from column %i on', (path, column) => {
    expect(parseJsonPath(path)).toEqual({ ok: false, column })
  })
})

describe('the value at a path', () => {
  const answer = { code: 0, data: { items: [{ status: 'ok' }, null] }, '': 1, length: 'mine' }
  test.each([
    ['code', 0],
    ['data.items[0].status', 'ok'],
    ['data.items[1]', null],
    ['[""]', 1],
    ['length', 'mine'],
    ['data.items[2]', undefined],
    ['data.items.length', undefined],
    ['data.items["0"]', undefined],
    ['data[0]', undefined],
    ['code.toFixed', undefined],
    ['data.items[1].status', undefined],
    ['constructor', undefined],
    ['__proto__', undefined],
    ['nothing.at.all', undefined],
  ])('%s', (path, value) => {
    const result = parseJsonPath(path)
    expect(result.ok && readJsonPath(answer, result.steps)).toEqual(value)
  })

  test('the dollar sign alone means all of it', () => {
    expect(readJsonPath('OK', [])).toBe('OK')
  })
})
