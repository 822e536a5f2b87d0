/** Which row a key leads to, or null when the key means nothing to a table. */
export function nextRow(key: string, current: number, rows: number, pageRows: number): number | null {
  const target = targetOf(key, current, rows, pageRows)
  return target === null ? null : Math.min(Math.max(target, 0), rows - 1)
}

function targetOf(key: string, current: number, rows: number, pageRows: number): number | null {
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
