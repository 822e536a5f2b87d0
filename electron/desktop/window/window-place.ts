import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Display, Rectangle } from 'electron'
import * as z from 'zod'

const placeSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
  maximized: z.boolean(),
  fullScreen: z.boolean(),
  /** The id of its display. */
  display: z.number(),
})

/** The window's place: its bounds when neither maximised nor full screen, in the system's points. */
export type WindowPlace = z.output<typeof placeSchema>

type Area = Pick<Display, 'id' | 'workArea'>

/** The window's size at the first start. */
const firstSize = { width: 1280, height: 800 }
/** The console needs this much; only a smaller display makes the window smaller. */
export const minSize = { width: 1024, height: 700 }

/**
 * Returns the bounds to open the window with. It opens in its last place on the display that shows most of it, or else on
 * the display with its id, or else on the primary display; always entirely inside the free area. The first time it is
 * centred.
 */
export function boundsFor(place: WindowPlace | null, displays: readonly Area[], primary: Area): Rectangle {
  if (place === null) return centred(firstSize, primary.workArea)
  const best = displays
    .map((display) => ({ display, points: overlap(place, display.workArea) }))
    .reduce((largest, each) => (each.points > largest.points ? each : largest), { display: primary, points: 0 })
  if (best.points > 0) return within(place, best.display.workArea)
  // Its display is gone or has moved, so the old position means nothing.
  const display = displays.find(({ id }) => id === place.display) ?? primary
  return centred(place, display.workArea)
}

/** Reads the stored place; returns null if there is none or it cannot be read. */
export function readPlace(file: string): WindowPlace | null {
  try {
    return placeSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // The user drags the window once, and the next close writes a new place.
    return null
  }
}

/** Stores the window's place, atomically. Throws file system errors. */
export function writePlace(file: string, place: WindowPlace): void {
  const fresh = `${file}.new`
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(fresh, JSON.stringify(place), { mode: 0o600 })
  renameSync(fresh, file)
}

function overlap(one: Rectangle, other: Rectangle): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
  return Math.max(0, width) * Math.max(0, height)
}

function within(wanted: Rectangle, area: Rectangle): Rectangle {
  const width = Math.min(Math.max(wanted.width, minSize.width), area.width)
  const height = Math.min(Math.max(wanted.height, minSize.height), area.height)
  return {
    x: Math.max(area.x, Math.min(wanted.x, area.x + area.width - width)),
    y: Math.max(area.y, Math.min(wanted.y, area.y + area.height - height)),
    width,
    height,
  }
}

function centred(size: Pick<Rectangle, 'width' | 'height'>, area: Rectangle): Rectangle {
  const x = area.x + Math.floor((area.width - size.width) / 2)
  const y = area.y + Math.floor((area.height - size.height) / 2)
  return within({ x, y, width: size.width, height: size.height }, area)
}
