import { expect, test } from 'vitest'
import { nameFrom } from '#shared/domain/delivery-name.ts'

const fifty = 'a'.repeat(50)

test('a short text is its own name, on one line', () => {
  expect(nameFrom('  Hello,\n {{ name }}! ')).toBe('Hello, {{ name }}!')
  expect(nameFrom(' \n')).toBe('Untitled')
})

test('a long text gives its beginning, sixty characters with the ellipsis', () => {
  expect(nameFrom('b'.repeat(60))).toBe('b'.repeat(60))
  expect(nameFrom('b'.repeat(61))).toBe(`${'b'.repeat(59)}…`)
})

test('the cut never falls inside a tag or a character', () => {
  expect(nameFrom(`${fifty} {{ attributes.balance }} roubles`)).toBe(`${fifty}…`)
  expect(nameFrom(`${fifty} {% if attributes.balance %}x{% endif %}`)).toBe(`${fifty}…`)
  expect(nameFrom(`${fifty} {{ name and the tag is not closed`)).toBe(`${fifty}…`)
  expect(nameFrom(`{{ n }}${fifty}{{ b }} and more of it`)).toBe(`{{ n }}${fifty}…`)
  expect(nameFrom(`{{ ${fifty}${fifty} }} x`)).toBe('Untitled')
  expect(nameFrom(`${'c'.repeat(58)}😀😀`)).toBe(`${'c'.repeat(58)}…`)
})
