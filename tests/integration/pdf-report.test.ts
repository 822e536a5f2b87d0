import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { ReportDocument } from '#shared/contract/reports.ts'
import { storeApi } from '../support/store-api.ts'
import { openTestStore } from '../support/test-store.ts'

const bar = (name: string, share: number) => ({ name, values: ['1', '2 %'], share, filling: 'hatched' as const })

function documentOf(sections: ReportDocument['sections']): ReportDocument {
  return { title: 'Зимняя распродажа', subtitle: 'as of today', footer: 'Herald', sections }
}

async function pdfOf(document: ReportDocument): Promise<Buffer> {
  const { client } = storeApi(await openTestStore())
  return Buffer.from((await client.reports.pdf(document)).pdf, 'base64')
}

/** What PDF readers take for the pages: each is an object of this type. */
function pagesOf(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0
}

/** The drawing instructions of all pages. */
function drawing(pdf: Buffer): string {
  const text = pdf.toString('latin1')
  return [...text.matchAll(/\/FlateDecode\s*>>\s*stream\r?\n([\s\S]*?)\r?\nendstream/g)]
    .map(([, stream = '']) => inflateSync(Buffer.from(stream, 'latin1')).toString('latin1'))
    .join('\n')
}

test('a document of every kind of section is one page of PDF with fonts that know both languages', async () => {
  const pdf = await pdfOf(
    documentOf([
      { kind: 'text', title: 'Текст', text: 'Здравствуйте!\nHello & <goodbye>' },
      { kind: 'facts', title: 'Facts', facts: [{ name: 'Hours', value: '09:00' }] },
      { kind: 'bars', title: 'Bars', none: 'nothing', bars: [bar('Отправлено', 1), bar('None', 0)] },
      {
        kind: 'columns',
        title: 'Columns',
        parts: [
          { name: 'sent', filling: 'full' },
          { name: 'failed', filling: 'hatched' },
        ],
        columns: [
          [3, 1],
          [0, 0],
          [5, 0],
        ],
        first: 'a',
        last: 'b',
        highest: 'at most 5',
        none: 'nothing',
      },
    ]),
  )

  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  expect(pdf.toString('latin1')).toContain('DejaVuSans')
  expect(pdf.toString('latin1').trimEnd().endsWith('%%EOF')).toBe(true)
  expect(pagesOf(pdf)).toBe(1)
})

test('more lines than a page holds go on to the next, and so does a long text', async () => {
  const bars = Array.from({ length: 200 }, (_, n) => bar(`line ${n}`, n / 200))
  expect(pagesOf(await pdfOf(documentOf([{ kind: 'bars', title: 'Bars', none: '', bars }])))).toBe(5)
  const long = 'word '.repeat(3900)
  expect(pagesOf(await pdfOf(documentOf([{ kind: 'text', title: 'Text', text: long }])))).toBeGreaterThan(3)
})

test('areas differ by their filling, not by colour', async () => {
  const fills = ['full', 'hatched', 'empty'] as const
  const [full, hatched, empty] = await Promise.all(
    fills.map(async (filling) =>
      drawing(
        await pdfOf(documentOf([{ kind: 'bars', title: 'Bars', none: '', bars: [{ ...bar('a', 1), filling }] }])),
      ),
    ),
  )
  const lines = (page = '') => page.match(/ l\n/g)?.length ?? 0
  expect(lines(hatched)).toBeGreaterThan(20)
  expect(lines(full)).toBe(0)
  expect(lines(empty)).toBe(0)
  const areas = (page = '') => page.match(/\nf\n/g)?.length ?? 0
  expect([full, hatched, empty].map(areas)).toEqual([1, 0, 0])
})

test('what is too much is refused with its field', async () => {
  const { client } = storeApi(await openTestStore())
  const document = documentOf([{ kind: 'text', title: 'Text', text: 'x'.repeat(20_001) }])
  await expect(client.reports.pdf(document)).rejects.toMatchObject({
    data: { issues: [{ path: ['sections', 0, 'text'] }] },
  })
})
