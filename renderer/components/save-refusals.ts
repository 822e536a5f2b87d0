import Papa from 'papaparse'
import type { Refusal } from '#shared/contract/clients.ts'
import { saveCsvFile } from './save-csv-file.ts'

/** Hands the operator the refused lines as a CSV file that a spreadsheet opens without asking. `cells` are those of one line. */
export function saveRefusals(
  refusals: readonly Refusal[],
  titles: readonly string[],
  readName: string,
  cells: (refusal: Refusal) => (string | number)[],
): void {
  const csv = Papa.unparse(
    { fields: [...titles], data: refusals.map(cells) },
    // A cell from a stranger's file must not run as a formula. A leading plus or minus stays: it is part of phones.
    { escapeFormulae: /^[=@\t\r]/ },
  )
  saveCsvFile(`${readName.replace(/\.[^.]*$/, '')}-refused.csv`, csv)
}
