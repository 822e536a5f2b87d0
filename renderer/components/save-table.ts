import Papa from 'papaparse'
import { saveCsv } from './save-file.ts'

/** Saves a table as a CSV file that spreadsheets open without questions. */
export function saveTable(
  fileName: string,
  titles: readonly string[],
  lines: readonly (readonly (string | number)[])[],
): void {
  const csv = Papa.unparse(
    { fields: [...titles], data: lines.map((line) => [...line]) },
    // A cell from a foreign file must not run as a formula. A leading plus or minus stays: phones have them.
    { escapeFormulae: /^[=@\t\r]/ },
  )
  saveCsv(fileName, csv)
}
