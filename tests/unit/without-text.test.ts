import { expect, test } from 'vitest'
import { withoutText } from '#electron/sending/trace.ts'

const text = 'Здравствуйте, Анна!\nВаш код — "4711"'

test.each([
  ['the whole text', `HTTP 400: {"text":${JSON.stringify(text)}}`, 'HTTP 400: {"text":"<text>"}'],
  ['the text with escaped letters', `bad: ${escaped(JSON.stringify(text))}`, 'bad: "<text>"'],
  ['the text with its line ends made spaces', `bad: ${text.replace('\n', ' ')} (too long)`, 'bad: <text> (too long)'],
  ['a text that was cut off', `bad: ${text.slice(0, 25)}…`, 'bad: <text>…'],
  ['pieces of it', `Здравствуйте is not Latin, nor is Ваш код —`, '<text> is not Latin, nor is<text>'],
])('what a gateway says does not repeat %s', (_what, words, left) => {
  expect(withoutText(words, text)).toBe(left)
})

test.each([
  ['HTTP 503: busy', 'Hello Anna', 'HTTP 503: busy'],
  ['HTTP 400: Hi is no text', 'Hi', 'HTTP 400: <text> is no text'],
  ['HTTP 400: ', '', 'HTTP 400:'],
])('%j about the text %j becomes %j', (words, sent, left) => {
  expect(withoutText(words, sent)).toBe(left)
})

function escaped(json: string): string {
  return json.replace(/[^\u0020-\u007e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
