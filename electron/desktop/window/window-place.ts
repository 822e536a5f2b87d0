import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Display, Rectangle, Screen } from 'electron'
import * as z from 'zod'

const placeSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
  maximized: z.boolean(),
  fullScreen: z.boolean(),
  /** The display that it stood on. */
  display: z.number(),
})

/** Where the window stood: its bounds when it fills nothing, in the system's own points. */
export type WindowPlace = z.output<typeof placeSchema>

type Area = Pick<Display, 'id' | 'workArea'>

export interface ScreenParts {
  readonly screen: Pick<Screen, 'getAllDisplays' | 'getDisplayMatching' | 'getPrimaryDisplay'>
}

/** The window of a first start. */
const firstSize = { width: 1280, height: 800 }
/** Smaller than this the console cannot be read; only a display that is smaller itself makes the window so. */
export const leastSize = { width: 1024, height: 700 }

/**
 * The bounds to open the window with: where it stood, on the display that shows most of it now, else on its own display under
 * its number, else on the primary one; always as a whole within what is free of that display. In the middle the first time.
 */
export function boundsFor(place: WindowPlace | null, displays: readonly Area[], primary: Area): Rectangle {
  if (place === null) return centred(firstSize, primary.workArea)
  const seen = displays
    .map((display) => ({ display, points: overlap(place, display.workArea) }))
    .reduce((most, each) => (each.points > most.points ? each : most), { display: primary, points: 0 })
  if (seen.points > 0) return within(place, seen.display.workArea)
  // Its display is gone, or has moved since: the old place says nothing there.
  const display = displays.find(({ id }) => id === place.display) ?? primary
  return centred(place, display.workArea)
}

/** Reads where the window stood; null where nobody has written that down yet, or nobody can read it any more. */
export function recallPlace(file: string): WindowPlace | null {
  try {
    return placeSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // A place that cannot be read costs the operator one drag of the window, and the next close writes a new one.
    return null
  }
}

/** Writes down where the window stands, whole or not at all. Throws what the file system throws. */
export function rememberPlace(file: string, place: WindowPlace): void {
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
  const width = Math.min(Math.max(wanted.width, leastSize.width), area.width)
  const height = Math.min(Math.max(wanted.height, leastSize.height), area.height)
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
