/**
 * `npm run icons`: draws the icons of the three systems from icon.svg, and the images of the tray and the taskbar, with
 * the browser that the tests use. The results are committed, so packaging needs neither a browser nor a download.
 */
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { statusImages } from './status-images.ts'

const folder = import.meta.dirname
/** The build copies this folder's content beside the main process. */
const imagesFolder = join(folder, 'images')
const linuxSizes = [16, 24, 32, 48, 64, 128, 256, 512] as const
const windowsSizes = [16, 24, 32, 48, 64, 128, 256] as const
/** Apple's type of each image: https://en.wikipedia.org/wiki/Apple_Icon_Image_format */
const appleTypes = {
  icp4: 16,
  icp5: 32,
  ic11: 32,
  ic12: 64,
  ic07: 128,
  ic13: 256,
  ic08: 256,
  ic14: 512,
  ic09: 512,
  ic10: 1024,
}

async function draw(browser: Browser, svg: string, size: number): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
  await page.setContent(`<style>body { margin: 0 } img { display: block; width: 100vw }</style><img src="${source}">`)
  await page.locator('img').evaluate((element) => (element instanceof HTMLImageElement ? element.decode() : undefined))
  const image = await page.screenshot({ omitBackground: true })
  await page.close()
  return image
}

/** An icon file of Windows: a table of images, then the images as PNG. */
function ico(images: ReadonlyMap<number, Buffer>): Buffer {
  const header = Buffer.alloc(6 + 16 * images.size)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(images.size, 4)
  let offset = header.length
  let entry = 6
  for (const [size, image] of images) {
    header.writeUInt8(size % 256, entry) // 0 means 256
    header.writeUInt8(size % 256, entry + 1)
    header.writeUInt16LE(1, entry + 4)
    header.writeUInt16LE(32, entry + 6)
    header.writeUInt32LE(image.length, entry + 8)
    header.writeUInt32LE(offset, entry + 12)
    offset += image.length
    entry += 16
  }
  return Buffer.concat([header, ...images.values()])
}

/** An icon file of macOS: each image as PNG behind its type and length. */
function icns(images: readonly (readonly [type: string, image: Buffer])[]): Buffer {
  const chunks = images.map(([type, image]) => chunk(type, image))
  return chunk('icns', Buffer.concat(chunks))
}

function chunk(type: string, content: Buffer): Buffer {
  const header = Buffer.alloc(8)
  header.write(type, 'latin1')
  header.writeUInt32BE(content.length + 8, 4)
  return Buffer.concat([header, content])
}

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path))
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
const svg = await readFile(join(folder, 'icon.svg'), 'utf8')
const drawn = new Map<number, Buffer>()
for (const size of new Set([...linuxSizes, ...windowsSizes, ...Object.values(appleTypes)])) {
  drawn.set(size, await draw(browser, svg, size))
}
await mkdir(imagesFolder, { recursive: true })
for (const [file, image, size] of statusImages(imagesFolder, svg)) {
  await writeFile(file, await draw(browser, image, size))
}
await browser.close()

function image(size: number): Buffer {
  const found = drawn.get(size)
  if (found === undefined) throw new Error(`no image of ${size} pixels was drawn`)
  return found
}

await mkdir(join(folder, 'icons'), { recursive: true })
for (const size of linuxSizes) await writeFile(join(folder, 'icons', `${size}x${size}.png`), image(size))
await writeFile(join(folder, 'icon.ico'), ico(new Map(windowsSizes.map((size) => [size, image(size)]))))
await writeFile(join(folder, 'icon.icns'), icns(Object.entries(appleTypes).map(([type, size]) => [type, image(size)])))
