import { join } from 'node:path'

/** What an image says at a glance about sending. */
const states = ['idle', 'running', 'trouble'] as const
type State = (typeof states)[number]

const brand = '#2d6ba5'
const dotColours: { readonly [state in Exclude<State, 'idle'>]: string } = { running: '#2f9e44', trouble: '#e03131' }
/** The mark of icon.svg, in an image of 24 by 24. */
const tile = '<rect x="1" y="1" width="22" height="22" rx="5"'
const mark = '<path d="M7.5 6.5v11M16.5 6.5v11M7.5 12h9" fill="none" stroke-width="2.8" stroke-linecap="round"'
const dot = { at: 'cx="18.5" cy="18.5"', radius: 4.5, gapRadius: 6 }

const svg = (content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">${content}</svg>`

/** The program's mark with a dot for the state; a clear ring separates the dot from the mark. */
function trayImage(state: State, isTemplate: boolean): string {
  const cut = isTemplate ? `${mark} stroke="black" />` : ''
  const ring = state === 'idle' ? '' : `<circle ${dot.at} r="${dot.gapRadius}" fill="black" />`
  const colour = isTemplate ? 'black' : brand
  const drawn = `${tile} fill="${colour}" />${isTemplate ? '' : `${mark} stroke="white" />`}`
  const dotColour = state === 'idle' || isTemplate ? 'black' : dotColours[state]
  const dotDrawn = state === 'idle' ? '' : `<circle ${dot.at} r="${dot.radius}" fill="${dotColour}" />`
  const mask = `<mask id="cut"><rect width="24" height="24" fill="white" />${cut}${ring}</mask>`
  return svg(`${mask}<g mask="url(#cut)">${drawn}</g>${dotDrawn}`)
}

/** The dot alone: what Windows shows over the program's taskbar button. */
function overlayImage(state: Exclude<State, 'idle'>): string {
  return svg(`<circle cx="12" cy="12" r="10" fill="${dotColours[state]}" />`)
}

/**
 * The images that the running program shows outside its window, as `[file, svg, size in pixels]`. Each has a variant for
 * screens of double density (`@2x`). macOS colours a file named `…Template` itself; panels on Linux show larger images.
 */
export function statusImages(folder: string, icon: string): (readonly [file: string, svg: string, size: number])[] {
  const bothDensities = (name: string, svg: string, size: number) =>
    [
      [join(folder, `${name}.png`), svg, size],
      [join(folder, `${name}@2x.png`), svg, 2 * size],
    ] as const
  return [
    ...states.flatMap((state) => [
      ...bothDensities(`tray-${state}-16`, trayImage(state, false), 16),
      ...bothDensities(`tray-${state}-24`, trayImage(state, false), 24),
      ...bothDensities(`tray-${state}-Template`, trayImage(state, true), 16),
    ]),
    ...bothDensities('overlay-running', overlayImage('running'), 16),
    ...bothDensities('overlay-trouble', overlayImage('trouble'), 16),
    [join(folder, 'window.png'), icon, 128],
  ]
}
