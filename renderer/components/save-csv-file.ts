import { saveBlob } from './save-blob.ts'

/** Hands the operator a CSV text as a file. */
export function saveCsvFile(name: string, csv: string): void {
  // The byte order mark tells spreadsheets that this is UTF-8.
  saveBlob(name, new Blob(['\uFEFF', csv], { type: 'text/csv' }))
}
