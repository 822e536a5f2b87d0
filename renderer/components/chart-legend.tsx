import { Group, Text } from '@mantine/core'
import { type ReactNode, useId } from 'react'

interface LineLegendProps {
  readonly color: string
  readonly label: string
  readonly dash?: string | undefined
}

/** A chart line in the legend: its colour and its dashes. */
export function LineLegend({ color, label, dash }: LineLegendProps) {
  return (
    <LegendItem label={label}>
      <line x1="0" y1="5" x2="22" y2="5" stroke={color} strokeWidth="2" strokeDasharray={dash} />
    </LegendItem>
  )
}

/** How an area is filled, so that areas differ without colour. */
export type Fill = 'full' | 'hatched' | 'empty'

interface AreaLegendProps {
  readonly color: string
  readonly label: string
  readonly filling: Fill
}

/** A filled part of a chart in the legend: its colour and its fill. */
export function AreaLegend({ color, label, filling }: AreaLegendProps) {
  const id = useId()
  return (
    <LegendItem label={label}>
      {filling === 'hatched' ? (
        <defs>
          <Hatching id={id} color={color} />
        </defs>
      ) : null}
      <rect x="5.5" y="0.5" width="11" height="9" rx="1.5" stroke={color} {...fillOf(filling, color, id)} />
    </LegendItem>
  )
}

/** The SVG attributes of a shape with this fill; `hatching` is the id of its `Hatching`. */
export function fillOf(filling: Fill, color: string, hatching: string) {
  switch (filling) {
    case 'hatched':
      return { fill: `url(#${hatching})`, stroke: color }
    case 'empty':
      return { fill: color, fillOpacity: 0.12, stroke: color, strokeDasharray: '3 2' }
    default:
      return { fill: color }
  }
}

/** The pattern of hatched areas, for a chart's `defs`. */
export function Hatching({ id, color }: { readonly id: string; readonly color: string }) {
  return (
    <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="5" height="5" fill={color} fillOpacity={0.25} />
      <line x1="0" y1="0" x2="0" y2="5" stroke={color} strokeWidth="3" />
    </pattern>
  )
}

function LegendItem({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Group gap={6} wrap="nowrap">
      <svg width="22" height="10" aria-hidden="true">
        {children}
      </svg>
      <Text size="xs">{label}</Text>
    </Group>
  )
}
