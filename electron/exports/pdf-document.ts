import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import type { ReportDocument } from '#shared/contract/reports.ts'
import { assertNever } from '#shared/domain/assert-never.ts'

type Section = ReportDocument['sections'][number]
type Filling = Extract<Section, { kind: 'bars' }>['bars'][number]['filling']
type Page = InstanceType<typeof PDFDocument>

/** The fonts are embedded: the standard PDF fonts have no Cyrillic. */
const fontFile = (name: string) => createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`)

/** Lengths in points, 72 per inch. */
const margin = 54
const footerHeight = 24
const barHeight = 9
const lineHeight = 16
const chartHeight = 130
const valueWidth = 62
const ink = '#1f2329'
const grey = '#667080'
const rule = '#d5d9df'
const fillInk = '#4a5462'

/** Renders a document as PDF on numbered A4 pages. */
export async function writePdf(document: ReportDocument): Promise<Buffer> {
  const page = new PDFDocument({
    size: 'A4',
    margins: { top: margin, left: margin, right: margin, bottom: margin + footerHeight },
    bufferPages: true,
    info: { Title: document.title, Creator: 'Herald' },
  })
  page.registerFont('body', fontFile('DejaVuSans'))
  page.registerFont('bold', fontFile('DejaVuSans-Bold'))
  const chunks: Buffer[] = []
  page.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<void>((resolve, reject) => page.once('end', resolve).once('error', reject))
  page.font('bold').fontSize(18).fillColor(ink).text(document.title)
  page.font('body').fontSize(9).fillColor(grey).text(document.subtitle).moveDown()
  for (const section of document.sections) {
    heading(page, section.title)
    drawSection(page, section)
    page.moveDown(1.2)
  }
  numberPages(page, document.footer)
  page.end()
  await ended
  return Buffer.concat(chunks)
}

function drawSection(page: Page, section: Section): void {
  page.font('body').fontSize(9).fillColor(ink)
  switch (section.kind) {
    case 'text':
      page.text(section.text, { lineGap: 2 })
      return
    case 'facts':
      for (const fact of section.facts) drawFact(page, fact)
      return
    case 'bars':
      if (section.bars.length === 0) page.fillColor(grey).text(section.none)
      for (const bar of section.bars) drawBar(page, bar)
      return
    case 'columns':
      if (section.columns.length === 0) page.fillColor(grey).text(section.none)
      else drawColumns(page, section)
      return
    default:
      assertNever(section)
  }
}

function width(page: Page): number {
  return page.page.width - 2 * margin
}

/** Starts a new page if `height` does not fit on this one. */
function makeRoom(page: Page, height: number): void {
  if (page.y + height > page.page.height - page.page.margins.bottom) page.addPage()
}

function heading(page: Page, title: string): void {
  makeRoom(page, 4 * lineHeight)
  page.font('bold').fontSize(11).fillColor(ink).text(title, margin, page.y).moveDown(0.4)
}

function drawFact(page: Page, { name, value }: { readonly name: string; readonly value: string }): void {
  const nameWidth = width(page) * 0.3
  const options = { width: width(page) - nameWidth, lineGap: 2 }
  makeRoom(page, Math.min(page.heightOfString(value, options), 10 * lineHeight))
  const top = page.y
  page.fillColor(grey).text(name, margin, top, { width: nameWidth - 8 })
  const below = page.y
  page.fillColor(ink).text(value, margin + nameWidth, top, options)
  page.y = Math.max(page.y, below) + 3
  page.x = margin
}

function drawBar(
  page: Page,
  { name, values, share, filling }: Extract<Section, { kind: 'bars' }>['bars'][number],
): void {
  makeRoom(page, lineHeight)
  const top = page.y
  const nameWidth = width(page) * 0.32
  const barsWidth = width(page) - nameWidth - values.length * valueWidth - 12
  page.fillColor(ink).text(name, margin, top, { width: nameWidth - 8, height: lineHeight, ellipsis: true })
  if (share > 0) fillArea(page, margin + nameWidth, top, Math.max(2, barsWidth * share), barHeight, filling)
  values.forEach((value, place) => {
    const left = margin + width(page) - (values.length - place) * valueWidth
    page.fillColor(ink).text(value, left, top, { width: valueWidth, align: 'right', lineBreak: false })
  })
  page.x = margin
  page.y = top + lineHeight
}

function drawColumns(page: Page, section: Extract<Section, { kind: 'columns' }>): void {
  const { parts, columns, first, last, highest } = section
  makeRoom(page, chartHeight + 4 * lineHeight)
  const tallest = Math.max(1, ...columns.map((column) => column.reduce((sum, part) => sum + part, 0)))
  let left = margin
  const keysAt = page.y
  for (const { name, filling } of parts) {
    fillArea(page, left, keysAt + 1, 10, barHeight, filling)
    page.fillColor(ink).text(name, left + 15, keysAt, { lineBreak: false })
    left += 15 + page.widthOfString(name) + 18
  }
  page.fillColor(grey).text(highest, margin, keysAt, { width: width(page), align: 'right', lineBreak: false })
  const top = keysAt + lineHeight + 4
  const foot = top + chartHeight
  const step = width(page) / columns.length
  columns.forEach((column, place) => {
    let above = foot
    column.forEach((part, index) => {
      const height = (part / tallest) * chartHeight
      if (height <= 0) return
      above -= height
      const gap = Math.min(1, step / 5)
      fillArea(page, margin + place * step, above, Math.max(0.6, step - gap), height, parts[index]?.filling ?? 'full')
    })
  })
  page
    .moveTo(margin, top)
    .lineTo(margin + width(page), top)
    .lineWidth(0.5)
    .dash(2, { space: 2 })
    .stroke(rule)
    .undash()
  page
    .moveTo(margin, foot)
    .lineTo(margin + width(page), foot)
    .lineWidth(0.75)
    .stroke(grey)
  page.fillColor(grey).text(first, margin, foot + 4, { width: width(page), lineBreak: false })
  page.text(last, margin, foot + 4, { width: width(page), align: 'right', lineBreak: false })
  page.x = margin
  page.y = foot + lineHeight + 4
}

/** Fills an area full, hatched or empty, so that areas differ when printed without colour. */
function fillArea(page: Page, x: number, y: number, wide: number, high: number, filling: Filling): void {
  page.lineWidth(0.5)
  if (filling === 'full') {
    page.rect(x, y, wide, high).fill(fillInk)
    return
  }
  if (filling === 'hatched') {
    page.save()
    page.rect(x, y, wide, high).clip()
    for (let at = x - high; at < x + wide; at += 3) page.moveTo(at, y + high).lineTo(at + high, y)
    page.lineWidth(0.9).stroke(fillInk)
    page.restore()
  }
  page.rect(x, y, wide, high).lineWidth(0.5).stroke(fillInk)
}

function numberPages(page: Page, footer: string): void {
  const { start, count } = page.bufferedPageRange()
  for (let place = 0; place < count; place += 1) {
    page.switchToPage(start + place)
    // Text below the bottom margin would start a new page.
    page.page.margins.bottom = 0
    const y = page.page.height - margin
    page.font('body').fontSize(8).fillColor(grey)
    page.text(footer, margin, y, { width: width(page) - 60, lineBreak: false, ellipsis: true })
    page.text(`${place + 1} / ${count}`, margin, y, { width: width(page), align: 'right', lineBreak: false })
  }
}
