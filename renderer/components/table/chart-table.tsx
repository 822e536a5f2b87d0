import classes from './chart-table.module.css'

export interface ChartTableRow {
  readonly key: string | number
  /** The row header, then the formatted values. */
  readonly cells: readonly string[]
  /** Whether nothing happened: the row is dimmed. */
  readonly isZero?: boolean
}

interface ChartTableProps {
  readonly label: string
  readonly titles: readonly string[]
  readonly lines: readonly ChartTableRow[]
  /** The height of the chart it replaces, in pixels; longer tables scroll. */
  readonly height: number
}

/** A chart as a table: the axis in the first column, one column for each line of the chart. */
export function ChartTable({ label, titles, lines, height }: ChartTableProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/noNoninteractiveTabindex: scrolls, so it needs the keyboard focus
    <div className={classes.scroller} style={{ height }} role="group" aria-label={label} tabIndex={0}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            {titles.map((title, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: names repeat, and columns keep their order
              <th key={place} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ key, cells: [head, ...figures], isZero }) => (
            <tr key={key} data-zero={isZero || undefined}>
              <th scope="row">{head}</th>
              {figures.map((figure, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the values have no other key than their position
                <td key={place}>{figure}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
