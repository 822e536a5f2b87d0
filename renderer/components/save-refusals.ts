import type { Refusal } from '#shared/contract/clients.ts'
import { saveTable } from './save-table.ts'

/** Hands the operator the refused lines as a file. `cells` are those of one line. */
export function saveRefusals(
  refusals: readonly Refusal[],
  titles: readonly string[],
  readName: string,
  cells: (refusal: Refusal) => (string | number)[],
): void {
  saveTable(`${readName.replace(/\.[^.]*$/, '')}-refused.csv`, titles, refusals.map(cells))
}
