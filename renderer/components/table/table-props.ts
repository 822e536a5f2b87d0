import type { ReactNode } from 'react'

export interface TableColumn<Row> {
  readonly key: string
  readonly title: string
  /** For a column of buttons, whose title is for screen readers only. */
  readonly titleHidden?: true
  /** A track of a CSS grid: `8rem`, `minmax(10rem, 2fr)`. */
  readonly width: string
  readonly align?: 'end'
  /** If set, a click on the header sorts by this field. */
  readonly sortBy?: string
  readonly cell: (row: Row) => ReactNode
}

export interface Sort {
  readonly by: string
  readonly descending: boolean
}

/** Which rows are selected, of all rows the table has pages for. */
export interface RowSelection<Row> {
  readonly isSelected: (row: Row) => boolean
  readonly state: 'none' | 'some' | 'all'
  readonly set: (rows: readonly Row[], isSelected: boolean) => void
  readonly setAll: (isSelected: boolean) => void
}

export interface VirtualTableProps<Row> {
  /** What the table lists, for screen readers. */
  readonly label: string
  readonly columns: readonly TableColumn<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string | number
  /** The total number of rows, if not all of them are loaded. */
  readonly total?: number | undefined
  readonly rowHeight?: number
  /** Called on a click or Enter. */
  readonly onOpen?: ((row: Row) => void) | undefined
  readonly sort?: Sort | undefined
  readonly onSort?: ((sort: Sort) => void) | undefined
  /** If set, rows can be selected: by checkbox, by the space bar, and by Shift for a range. */
  readonly selection?: RowSelection<Row> | undefined
  /** Called when the last rows come into view. */
  readonly onEnd?: (() => void) | undefined
  /** Shown below the rows. */
  readonly children?: ReactNode
}
