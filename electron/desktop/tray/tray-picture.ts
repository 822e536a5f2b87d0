/** What the picture in the tray says at a glance. */
export type TrayLook = 'idle' | 'running' | 'trouble'

type Colour = readonly [red: number, green: number, blue: number]
type Point = readonly [x: number, y: number]

const brand: Colour = [0x2d, 0x6b, 0xa5]
const white: Colour = [0xff, 0xff, 0xff]
const black: Colour = [0, 0, 0]
const dots: { readonly [look in Exclude<TrayLook, 'idle'>]: Colour } = {
  running: [0x2f, 0x9e, 0x44],
  trouble: [0xe0, 0x31, 0x31],
}

/** The strokes of the mark, in a picture of 24 by 24: the same as in build/icon.svg. */
const strokes: readonly (readonly [Point, Point])[] = [
  [
    [7.5, 6.5],
    [7.5, 17.5],
  ],
  [
    [16.5, 6.5],
    [16.5, 17.5],
  ],
  [
    [7.5, 12],
    [16.5, 12],
  ],
]
const strokeRadius = 1.4
const dot = { at: [18.5, 18.5] as Point, radius: 4.5, gap: 1.5 }

/**
 * Draws the program's mark with a dot for what it does, `size` pixels wide: rows of blue, green, red and alpha with alpha multiplied
 * in, as Electron takes a bitmap. A template is black and clear alone, for macOS to colour; there the dot tells by being there.
 */
export function drawTray(size: number, look: TrayLook, isTemplate: boolean): Buffer {
  return draw(size, (at, unit) => inkAt(at, unit, look, isTemplate))
}

/** Draws the dot alone, as large as the picture: what Windows lays over the program's button. */
export function drawDot(size: number, look: Exclude<TrayLook, 'idle'>): Buffer {
  return draw(size, (at, unit) => [dots[look], coverOf(toPoint(at, [12, 12]) - 10, unit)])
}

function draw(size: number, ink: (at: Point, unit: number) => readonly [Colour, number]): Buffer {
  const pixels = Buffer.alloc(size * size * 4)
  const unit = 24 / size
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [colour, alpha] = ink([(column + 0.5) * unit, (row + 0.5) * unit], unit)
      pixels.set([...bgr(colour, alpha), Math.round(alpha * 255)], (row * size + column) * 4)
    }
  }
  return pixels
}

/** How much of a pixel lies within a shape whose edge is so far away; negative inside. */
function coverOf(distance: number, unit: number): number {
  return Math.max(0, Math.min(1, 0.5 - distance / unit))
}

function inkAt(at: Point, unit: number, look: TrayLook, isTemplate: boolean): readonly [Colour, number] {
  const cover = (distance: number) => coverOf(distance, unit)
  const mark = cover(Math.min(...strokes.map(([from, to]) => toLine(at, from, to) - strokeRadius)))
  const tile = cover(toTile(at))
  const gap = look === 'idle' ? 0 : cover(toPoint(at, dot.at) - dot.radius - dot.gap)
  const spot = look === 'idle' ? 0 : cover(toPoint(at, dot.at) - dot.radius)
  if (isTemplate) return [black, Math.max(tile * (1 - mark) * (1 - gap), spot)]
  const ground = mix(brand, white, mark)
  const alpha = Math.max(tile * (1 - gap), spot)
  return [look === 'idle' ? ground : mix(ground, dots[look], spot), alpha]
}

function bgr([red, green, blue]: Colour, alpha: number): number[] {
  return [blue, green, red].map((part) => Math.round(part * alpha))
}

function mix(from: Colour, to: Colour, share: number): Colour {
  const between = (one: number, other: number) => one + (other - one) * share
  return [between(from[0], to[0]), between(from[1], to[1]), between(from[2], to[2])]
}

function toPoint([x, y]: Point, [toX, toY]: Point): number {
  return Math.hypot(x - toX, y - toY)
}

function toLine(at: Point, from: Point, to: Point): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const along = ((at[0] - from[0]) * dx + (at[1] - from[1]) * dy) / (dx * dx + dy * dy)
  const share = Math.max(0, Math.min(1, along))
  return toPoint(at, [from[0] + dx * share, from[1] + dy * share])
}

/** The distance to the rounded square, negative inside: https://iquilezles.org/articles/distfunctions2d/ */
function toTile([x, y]: Point): number {
  const radius = 5
  const [dx, dy] = [Math.abs(x - 12) - (11 - radius), Math.abs(y - 12) - (11 - radius)]
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius
}
