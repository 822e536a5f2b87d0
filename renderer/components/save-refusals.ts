import Papa from 'papaparse'
import type { Refusal } from '#shared/contract/clients.ts'
import { saveCsvFile } from '../../../components/save-csv-file.ts'

/** Hands the operator the refused lines as a CSV file that a spreadsheet opens without asking. */
export function saveRefusals(
  refusals: readonly Refusal[],
  titles: readonly string[],
  importedName: string,
  words: { field(refusal: Refusal): string; reason(refusal: Refusal): string },
): void {
  const csv = Papa.unparse(
    {
      fields: [...titles],
      data: refusals.map((refusal) => [refusal.line, words.field(refusal), refusal.value, words.reason(refusal)]),
    },
    // A cell from a stranger's file must not run as a formula. A leading plus or minus stays: it is part of phones.
    { escapeFormulae: /^[=@\t\r]/ },
  )
  saveCsvFile(`${importedName.replace(/\.[^.]*$/, '')}-refused.csv`, csv)
}
