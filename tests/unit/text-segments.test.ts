import { describe, expect, test } from 'vitest'
import { measureText } from '#shared/domain/text-segments.ts'

const a = (count: number) => 'a'.repeat(count)
const ya = (count: number) => 'я'.repeat(count)

describe('GSM-7', () => {
  test.each([
    ['nothing', '', 0, 0, 160],
    ['one letter', 'a', 1, 1, 159],
    ['a full single message', a(160), 160, 1, 0],
    ['one more makes two parts of 153', a(161), 161, 2, 145],
    ['two full parts', a(306), 306, 2, 0],
    ['one more makes three', a(307), 307, 3, 152],
    ['three full parts', a(459), 459, 3, 0],
    ['an extension character takes two', '€', 2, 1, 158],
    ['80 extension characters fill a single message', '€'.repeat(80), 160, 1, 0],
    ['an extension character over the end of a single message', `${a(159)}€`, 161, 2, 145],
    ['an escape pair that ends exactly with a part', `${a(151)}€${a(153)}`, 306, 2, 0],
    ['an escape pair is not split: 306 septets then need three parts', `${a(152)}€${a(152)}`, 306, 3, 152],
    ['the septet that it leaves free costs nothing where the rest still fits', `${a(152)}€${a(151)}`, 305, 2, 0],
    ['parts of extension characters hold 76 of them', '€'.repeat(152), 304, 2, 1],
    ['and the next one opens a third part', '€'.repeat(153), 306, 3, 151],
    ['a line break takes one', 'a\nb\r\nc', 6, 1, 154],
  ] as const)('%s', (_name, text, units, segments, unitsLeft) => {
    expect(measureText(text)).toEqual({ encoding: 'GSM-7', units, segments, unitsLeft, forcedBy: null })
  })

  test('the default alphabet has 127 characters of one septet', () => {
    const alphabet =
      '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿' +
      'abcdefghijklmnopqrstuvwxyzäöñüà'
    const characters = [...alphabet]
    expect(new Set(characters).size).toBe(127)
    for (const character of characters) {
      expect(measureText(character), character).toMatchObject({ encoding: 'GSM-7', units: 1 })
    }
  })

  test.each([...'\f^{}\\[~]|€'])('%j takes an escape', (character) => {
    expect(measureText(character)).toMatchObject({ encoding: 'GSM-7', units: 2 })
  })
})

describe('UCS-2', () => {
  test.each([
    ['one letter', 'я', 1, 1, 69],
    ['a full single message', ya(70), 70, 1, 0],
    ['one more makes two parts of 67', ya(71), 71, 2, 63],
    ['two full parts', ya(134), 134, 2, 0],
    ['one more makes three', ya(135), 135, 3, 66],
    ['a surrogate pair takes two', 'я😀', 3, 1, 67],
    ['35 surrogate pairs fill a single message', '😀'.repeat(35), 70, 1, 0],
    ['36 make two parts, of 33 and 3', '😀'.repeat(36), 72, 2, 61],
    ['a surrogate pair that ends exactly with a part', `${ya(65)}😀${ya(67)}`, 134, 2, 0],
    ['a surrogate pair is not split: 134 units then need three parts', `${ya(66)}😀${ya(66)}`, 134, 3, 66],
    ['half a surrogate pair counts as it stands', `я${'\ud83d'}`, 2, 1, 68],
    ['an extension character takes one here', 'я€', 2, 1, 68],
  ] as const)('%s', (_name, text, units, segments, unitsLeft) => {
    expect(measureText(text)).toMatchObject({ encoding: 'UCS-2', units, segments, unitsLeft })
  })

  test.each([
    ['one Cyrillic letter among Latin ones', `${a(30)}б${a(30)}`, 'б', 30],
    ['the first of several', 'Hi «Анна»', '«', 3],
    ['a typographic apostrophe', 'don’t', '’', 3],
    ['a no-break space', 'a\u00a0b', '\u00a0', 1],
    ['the small c with cedilla, of which GSM-7 has only the capital', 'garçon', 'ç', 3],
    ['a tabulator', 'a\tb', '\t', 1],
    ['an emoji, at its UTF-16 index behind another', '€😀', '😀', 1],
  ])('%s forces it', (_name, text, character, index) => {
    expect(measureText(text)).toMatchObject({ encoding: 'UCS-2', forcedBy: { character, index } })
  })

  test('one Cyrillic letter turns one message of 160 into three', () => {
    expect(measureText(a(160)).segments).toBe(1)
    expect(measureText(`${a(159)}я`).segments).toBe(3)
  })
})
