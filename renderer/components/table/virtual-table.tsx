// biome-ignore-all lint/a11y/useSemanticElements: the rows are positioned boxes with roles
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its row by aria-activedescendant
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys for its rows
import { Checkbox } from '@mantine/core'
import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual'
import { memo, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TableHeader } from './table-header.tsx'
import { handleTableKey } from './table-keys.ts'
import type { TableColumn, VirtualTableProps } from './table-props.ts'
import classes from './virtual-table.module.css'

const checkboxTrack = '2.5rem'
/** The next page is requested when this many rows or fewer are left below the view. */
const prefetchRows = 20

/**
 * A table of any length that renders only its visible rows and fills its parent's height. The table as a whole has the
 * keyboard focus: arrows, Home, End and the page keys move the current row, Enter opens it. If rows can be selected,
 * the space bar selects one, Shift with an arrow extends the selection, and Ctrl+A selects all.
 */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, columns, rows, rowKey, total = props.rows.length, rowHeight = 36, onOpen, onEnd, selection } = props
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
    if (rows.length > 0 && last >= rows.length - prefetchRows) onEnd?.()
  }, [last, rows.length, onEnd])

  /** Moves to a row; the table scrolls to it. */
  function moveTo(index: number): void {
    setCurrent(index)
    virtualizer.scrollToIndex(index)
  }

  /** Selects or deselects a row; as a range, every row from the current one to it. */
  function select(index: number, isSelected: boolean, isRange: boolean): void {
    const from = isRange ? current : index
    selection?.set(rows.slice(Math.min(from, index), Math.max(from, index) + 1), isSelected)
    setCurrent(index)
  }

  const widths = columns.map((column) => column.width)
  const tracks = (selection === undefined ? widths : [checkboxTrack, ...widths]).join(' ')
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={total + 1}
      aria-colcount={columns.length + (selection === undefined ? 0 : 1)}
      aria-multiselectable={selection === undefined ? undefined : true}
      aria-activedescendant={rows.length > 0 ? `${id}-${current}` : undefined}
      tabIndex={0}
      onKeyDown={(event) => handleTableKey(event, { rows, current, rowHeight, onOpen, selection, moveTo })}
    >
      <TableHeader columns={columns} tracks={tracks} sort={props.sort} onSort={props.onSort} selection={selection} />
      <div className={classes.body} role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
        {visible.map((item) => {
          const row = rows[item.index]
          if (row === undefined) return null
          return (
            <BodyRow
              key={rowKey(row)}
              table={props}
              row={row}
              id={`${id}-${item.index}`}
              item={item}
              tracks={tracks}
              isCurrent={item.index === current}
              onClick={() => {
                setCurrent(item.index)
                onOpen?.(row)
              }}
              onSelect={(isSelected, isRange) => select(item.index, isSelected, isRange)}
            />
          )
        })}
      </div>
      {props.children}
    </div>
  )
}

interface BodyRowProps<Row> {
  readonly table: VirtualTableProps<Row>
  readonly row: Row
  readonly id: string
  /** Where the row is in the table and how high it is. */
  readonly item: VirtualItem
  readonly tracks: string
  readonly isCurrent: boolean
  onClick(): void
  onSelect(isSelected: boolean, isRange: boolean): void
}

function BodyRow<Row>({ table, row, id, item, tracks, isCurrent, onClick, onSelect }: BodyRowProps<Row>) {
  const { columns, selection, onOpen } = table
  return (
    <div
      id={id}
      className={classes.row}
      role="row"
      aria-rowindex={item.index + 2}
      aria-selected={selection?.isSelected(row)}
      data-current={isCurrent || undefined}
      data-openable={onOpen !== undefined || undefined}
      style={{ gridTemplateColumns: tracks, height: item.size, transform: `translateY(${item.start}px)` }}
      onClick={onClick}
    >
      {selection === undefined ? null : <RowCheckbox isSelected={selection.isSelected(row)} onSelect={onSelect} />}
      <Cells row={row} columns={columns} />
    </div>
  )
}

interface CellsProps<Row> {
  readonly row: Row
  readonly columns: readonly TableColumn<Row>[]
}

/** Rendered again only for another row or other columns, however often the table around them is. */
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

function RowCheckbox({
  isSelected,
  onSelect,
}: Pick<BodyRowProps<unknown>, 'onSelect'> & { readonly isSelected: boolean }) {
  const { t } = useTranslation()
  return (
    <div
      className={classes.mark}
      role="gridcell"
      onClick={(event) => {
        event.stopPropagation()
        onSelect(!isSelected, event.shiftKey)
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
