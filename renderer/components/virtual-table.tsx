// biome-ignore-all lint/a11y/useSemanticElements: the rows of a virtual table are positioned boxes; their roles say what they are
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its row by aria-activedescendant
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid takes the keys for its rows
import { Checkbox, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, memo, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { nextRow } from './table-keys.ts'
import classes from './virtual-table.module.css'

export interface Column<Row> {
  readonly key: string
  readonly title: string
  /** For a column of buttons, whose title only a screen reader needs. */
  readonly titleHidden?: true
  /** A track of a CSS grid: `8rem`, `minmax(10rem, 2fr)`. */
  readonly width: string
  readonly align?: 'end'
  /** Set: a click on the header asks for this order. */
  readonly sortBy?: string
  readonly cell: (row: Row) => ReactNode
}

export interface Sort {
  readonly by: string
  readonly descending: boolean
}

/** Which rows are marked, of all that the table has pages of. */
export interface RowSelection<Row> {
  readonly isSelected: (row: Row) => boolean
  readonly state: 'none' | 'some' | 'all'
  readonly set: (rows: readonly Row[], isSelected: boolean) => void
  readonly setAll: (isSelected: boolean) => void
}

export interface VirtualTableProps<Row> {
  /** For screen readers: what the table lists. */
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string | number
  /** How many rows there are in all, when not all are here yet. */
  readonly total?: number | undefined
  readonly rowHeight?: number
  /** Click or Enter. */
  readonly onOpen?: ((row: Row) => void) | undefined
  readonly sort?: Sort | undefined
  readonly onSort?: ((sort: Sort) => void) | undefined
  /** Set: rows can be marked, with a box in front of each, the space bar, and Shift for all in between. */
  readonly selection?: RowSelection<Row> | undefined
  /** Called when the last rows come into view. */
  readonly onEnd?: (() => void) | undefined
  /** Stands in the body when there are no rows. */
  readonly children?: ReactNode
}

/**
 * A table of any length, of which only the visible rows exist. It fills its parent's height. The keyboard's focus is on
 * the table as a whole: arrows, Home, End and the page keys move the row, Enter opens it; where rows can be marked, the
 * space bar marks one, Shift with an arrow goes on marking, and Ctrl+A marks all.
 */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const {
    label,
    columns,
    rows,
    rowKey,
    total,
    rowHeight = 36,
    onOpen,
    sort,
    onSort,
    onEnd,
    selection,
    children,
  } = props
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState(0)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    // The sticky header covers the first row when the table scrolls to it.
    scrollPaddingStart: rowHeight,
  })
  const visible = virtualizer.getVirtualItems()
  const last = visible.at(-1)?.index ?? -1

  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - 20) onEnd?.()
  }, [last, rows.length, onEnd])

  function onKeyDown(event: KeyboardEvent) {
    // Keys pressed in a control inside the table belong to that control.
    if (event.target !== event.currentTarget || rows.length === 0) return
    const row = rows[current]
    if (selection !== undefined && row !== undefined && marksByKey(event, selection, row)) return event.preventDefault()
    if (event.key === 'Enter' && onOpen !== undefined && row !== undefined) {
      event.preventDefault()
      onOpen(row)
      return
    }
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2)
    const next = nextRow(event.key, current, rows.length, pageRows)
    if (next === null) return
    event.preventDefault()
    if (event.shiftKey) selection?.set(rows.slice(Math.min(current, next), Math.max(current, next) + 1), true)
    setCurrent(next)
    virtualizer.scrollToIndex(next)
  }

  /** With Shift everything between the row that was marked before and this one. */
  function mark(index: number, isSelected: boolean, isRange: boolean): void {
    const from = isRange ? current : index
    selection?.set(rows.slice(Math.min(from, index), Math.max(from, index) + 1), isSelected)
    setCurrent(index)
  }

  const widths = columns.map((column) => column.width)
  const template = (selection === undefined ? widths : [markWidth, ...widths]).join(' ')
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={total === undefined ? rows.length + 1 : total + 1}
      aria-colcount={columns.length + (selection === undefined ? 0 : 1)}
      aria-multiselectable={selection === undefined ? undefined : true}
      aria-activedescendant={rows.length > 0 ? `${id}-${current}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div className={classes.head} role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
        {selection === undefined ? null : <MarkAll selection={selection} />}
        {columns.map((column) => (
          <Header key={column.key} column={column} sort={sort} onSort={onSort} />
        ))}
      </div>
      <div className={classes.body} role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
        {visible.map(({ index, start, size }) => {
          const row = rows[index]
          if (row === undefined) return null
          return (
            <div
              key={rowKey(row)}
              id={`${id}-${index}`}
              className={classes.row}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={selection?.isSelected(row)}
              data-current={index === current || undefined}
              data-openable={onOpen !== undefined || undefined}
              style={{ gridTemplateColumns: template, height: size, transform: `translateY(${start}px)` }}
              onClick={() => {
                setCurrent(index)
                onOpen?.(row)
              }}
            >
              {selection === undefined ? null : (
                <Mark isSelected={selection.isSelected(row)} onMark={(is, range) => mark(index, is, range)} />
              )}
              <Cells row={row} columns={columns} />
            </div>
          )
        })}
      </div>
      {children}
    </div>
  )
}

const markWidth = '2.5rem'

interface CellsProps<Row> {
  readonly row: Row
  readonly columns: readonly Column<Row>[]
}

/** Drawn anew only for another row or other columns, however often the table around them is. */
const Cells = memo(function Cells<Row>({ row, columns }: CellsProps<Row>) {
  return columns.map((column) => {
    const content = column.cell(row)
    return (
      <div
        key={column.key}
        className={classes.cell}
        role="gridcell"
        data-align={column.align}
        title={typeof content === 'string' ? content : undefined}
      >
        {content}
      </div>
    )
  })
}) as <Row>(props: CellsProps<Row>) => ReactNode

/** Whether a key marked something. */
function marksByKey<Row>(event: KeyboardEvent, selection: RowSelection<Row>, row: Row): boolean {
  if (event.key === ' ') {
    selection.set([row], !selection.isSelected(row))
    return true
  }
  if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) {
    selection.setAll(true)
    return true
  }
  return false
}

function MarkAll<Row>({ selection }: { readonly selection: RowSelection<Row> }) {
  const { t } = useTranslation()
  return (
    <div className={classes.mark} role="columnheader">
      <Checkbox
        size="xs"
        aria-label={t('table.markAll')}
        checked={selection.state === 'all'}
        indeterminate={selection.state === 'some'}
        onChange={() => selection.setAll(selection.state === 'none')}
      />
    </div>
  )
}

interface MarkProps {
  readonly isSelected: boolean
  onMark(isSelected: boolean, isRange: boolean): void
}

function Mark({ isSelected, onMark }: MarkProps) {
  const { t } = useTranslation()
  return (
    <div
      className={classes.mark}
      role="gridcell"
      onClick={(event) => {
        event.stopPropagation()
        onMark(!isSelected, event.shiftKey)
      }}
    >
      <Checkbox
        size="xs"
        tabIndex={-1}
        aria-label={t('table.mark')}
        checked={isSelected}
        readOnly
        classNames={{ root: classes.markBox ?? '' }}
      />
    </div>
  )
}

interface HeaderProps<Row> {
  readonly column: Column<Row>
  readonly sort: Sort | undefined
  readonly onSort: ((sort: Sort) => void) | undefined
}

function Header<Row>({ column, sort, onSort }: HeaderProps<Row>) {
  const { sortBy } = column
  if (sortBy === undefined || onSort === undefined) {
    return (
      <div className={classes.headCell} role="columnheader" data-align={column.align}>
        {column.titleHidden === true ? <VisuallyHidden>{column.title}</VisuallyHidden> : column.title}
      </div>
    )
  }
  const sorted = sort?.by === sortBy ? (sort.descending ? 'descending' : 'ascending') : 'none'
  const Arrow = sorted === 'descending' ? IconArrowDown : IconArrowUp
  return (
    <div className={classes.headCell} role="columnheader" aria-sort={sorted} data-align={column.align}>
      <UnstyledButton
        className={classes.sort ?? ''}
        data-sorted={sorted !== 'none' || undefined}
        onClick={() => onSort({ by: sortBy, descending: sorted === 'ascending' })}
      >
        {column.title}
        <Arrow size={13} className={classes.arrow ?? ''} aria-hidden="true" />
      </UnstyledButton>
    </div>
  )
}
