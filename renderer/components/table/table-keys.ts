import type { KeyboardEvent } from 'react'
import type { VirtualTableProps } from './table-props.ts'

interface TableKeyTarget<Row> extends Pick<VirtualTableProps<Row>, 'rows' | 'onOpen' | 'selection'> {
  /** The index of the current row. */
  readonly current: number
  readonly rowHeight: number
  moveTo(index: number): void
}

/**
 * Handles a key pressed on a table: opens, selects or moves. Keys pressed in a control inside the table are ignored.
 */
export function handleTableKey<Row>(event: KeyboardEvent, target: TableKeyTarget<Row>): void {
  const { rows, current, rowHeight, onOpen, selection, moveTo } = target
  const row = rows[current]
  if (event.target !== event.currentTarget || rows.length === 0) return
  if (row !== undefined && selectsByKey(event, selection, row)) return event.preventDefault()
  if (event.key === 'Enter' && onOpen !== undefined && row !== undefined) {
    event.preventDefault()
    return onOpen(row)
  }
  const pageRows = Math.max(1, Math.floor(event.currentTarget.clientHeight / rowHeight) - 2)
  const next = nextRow(event.key, current, rows.length, pageRows)
  if (next === null) return
  event.preventDefault()
  if (event.shiftKey) selection?.set(rows.slice(Math.min(current, next), Math.max(current, next) + 1), true)
  moveTo(next)
}

/** Whether the key changed the selection. */
function selectsByKey<Row>(event: KeyboardEvent, selection: TableKeyTarget<Row>['selection'], row: Row): boolean {
  if (selection === undefined) return false
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

/** The row that a key leads to, or null if the key does not move. */
function nextRow(key: string, current: number, rows: number, pageRows: number): number | null {
  const target = rowForKey(key, current, rows, pageRows)
  return target === null ? null : Math.min(Math.max(target, 0), rows - 1)
}

function rowForKey(key: string, current: number, rows: number, pageRows: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return current + 1
    case 'ArrowUp':
      return current - 1
    case 'PageDown':
      return current + pageRows
    case 'PageUp':
      return current - pageRows
    case 'Home':
      return 0
    case 'End':
      return rows - 1
    default:
      return null
  }
}
