// biome-ignore-all lint/a11y/useSemanticElements: the parent grid is built of positioned boxes with roles
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus
import { Checkbox, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { RowSelection, Sort, TableColumn } from './table-props.ts'
import classes from './virtual-table.module.css'

interface TableHeaderProps<Row> {
  readonly columns: readonly TableColumn<Row>[]
  /** The CSS grid tracks of every row. */
  readonly tracks: string
  readonly sort: Sort | undefined
  readonly onSort: ((sort: Sort) => void) | undefined
  readonly selection: RowSelection<Row> | undefined
}

/** The header row of a table: a title per column, and a checkbox for all rows where rows can be selected. */
export function TableHeader<Row>({ columns, tracks, sort, onSort, selection }: TableHeaderProps<Row>) {
  return (
    <div className={classes.head} role="row" aria-rowindex={1} style={{ gridTemplateColumns: tracks }}>
      {selection === undefined ? null : <SelectAll selection={selection} />}
      {columns.map((column) => (
        <HeaderCell key={column.key} column={column} sort={sort} onSort={onSort} />
      ))}
    </div>
  )
}

function SelectAll<Row>({ selection }: { readonly selection: RowSelection<Row> }) {
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

interface HeaderCellProps<Row> {
  readonly column: TableColumn<Row>
  readonly sort: Sort | undefined
  readonly onSort: ((sort: Sort) => void) | undefined
}

function HeaderCell<Row>({ column, sort, onSort }: HeaderCellProps<Row>) {
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
