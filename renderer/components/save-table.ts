import Papa from 'papaparse'
import { saveCsvFile } from './save-csv-file.ts'

/** Hands the operator a table as a CSV file that a spreadsheet opens without asking. */
export function saveTable(
  fileName: string,
  titles: readonly string[],
  lines: readonly (readonly (string | number)[])[],
): void {
  const csv = Papa.unparse(
    { fields: [...titles], data: lines.map((line) => [...line]) },
    // A cell from a stranger's file must not run as a formula. A leading plus or minus stays: it is part of phones.
    { escapeFormulae: /^[=@\t\r]/ },
  )
  saveCsvFile(fileName, csv)
}
