import type { Cell, ExportColumn } from './table.ts'

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Indexes into `cellXfs`: text (format 49, `@`), a date with seconds, the header. */
const textStyle = 1
const dateStyle = 2
const headerStyle = 3

/** The parts of a workbook (ECMA-376, part 1) other than its sheet. */
export const workbookFiles = [
  {
    name: '[Content_Types].xml',
    content: `${declaration}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${spreadsheet}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${spreadsheet}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${spreadsheet}.styles+xml"/></Types>`,
  },
  {
    name: '_rels/.rels',
    content: `${declaration}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  },
  {
    name: 'xl/workbook.xml',
    content: `${declaration}<workbook xmlns="${main}" xmlns:r="${relationships}"><sheets><sheet name="Herald" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  },
  {
    name: 'xl/_rels/workbook.xml.rels',
    content: `${declaration}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relationships}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relationships}/styles" Target="styles.xml"/></Relationships>`,
  },
  {
    name: 'xl/styles.xml',
    content: `${declaration}<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`,
  },
]

/** Returns the start of the sheet, including its frozen header. */
export function sheetStart(columns: readonly ExportColumn[], titles: readonly string[]): string {
  const widths = columns
    .map(({ width = 20 }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`)
    .join('')
  const header = titles.map((title, index) => textCell(title, `${columnLetters(index)}1`, headerStyle)).join('')
  return `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData><row r="1">${header}</row>`
}

/** Returns the name of a column by its 0-based index: `A`, …, `Z`, `AA`. */
export function columnLetters(index: number): string {
  const before = Math.floor(index / 26)
  return (before === 0 ? '' : columnLetters(before - 1)) + String.fromCharCode(65 + (index % 26))
}

export const sheetEnd = '</sheetData></worksheet>'

/** Returns a function that writes rows, numbered from `firstRow`. `offsetAt` returns the sheet's offset from UTC (ms) at an instant. */
export function pageWriter(columns: readonly ExportColumn[], offsetAt: (at: number) => number) {
  const places = columns.map(({ kind }, index) => ({ kind, letters: columnLetters(index) }))
  return (lines: readonly (readonly Cell[])[], firstRow: number): string =>
    lines
      .map((line, index) => {
        const row = firstRow + index
        const cells = places.map(({ kind, letters }, place) =>
          cellXml(line[place] ?? null, kind, letters + row, offsetAt),
        )
        return `<row r="${row}">${cells.join('')}</row>`
      })
      .join('')
}

function cellXml(cell: Cell, kind: ExportColumn['kind'], address: string, offsetAt: (at: number) => number): string {
  if (cell === null || cell === '') return ''
  if (typeof cell === 'string') return textCell(cell, address, textStyle)
  return kind === 'instant'
    ? `<c r="${address}" s="${dateStyle}"><v>${serialDate(cell + offsetAt(cell))}</v></c>`
    : `<c r="${address}"><v>${cell}</v></c>`
}

function textCell(text: string, address: string, style: number): string {
  return `<c r="${address}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`
}

const dayMs = 86_400_000
/** Days from the sheet's epoch, 30 December 1899, to 1 January 1970. */
const daysBefore1970 = 25_569

/** Compensates for rounding of the fraction: readers that truncate show the same second. */
const roundingMs = 0.1

/** Returns the days since the sheet's epoch, truncated to the second. */
function serialDate(localMs: number): number {
  return (Math.floor(localMs / 1000) * 1000 + roundingMs) / dayMs + daysBefore1970
}

/** The maximum length of a cell, in UTF-16 units. */
const maxCellLength = 32_767

const special = /[&<>]|_(?=x[0-9A-Fa-f]{4}_)|[\p{Cc}\uFFFE\uFFFF]/gu

/** Escapes text for XML. Characters that XML forbids use the sheet's escape (`_x0001_`, ECMA-376 22.9.2.19). */
function xmlText(text: string): string {
  const whole = (text.length > maxCellLength ? `${text.slice(0, maxCellLength - 1)}…` : text).toWellFormed()
  return whole.replace(special, (character) => {
    switch (character) {
      case '&':
        return '&amp;'
      case '<':
        return '&lt;'
      case '>':
        return '&gt;'
      case '\t':
      case '\n':
        return character
      default:
        return `_x${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}_`
    }
  })
}
