import writeExcelFile from 'write-excel-file/node'

/** The value of a cell. */
export type WorkbookCell = string | number | boolean | Date | null

/** Returns an Excel workbook like another program's, with sheets by name. */
export async function workbookOf(
  sheets: Readonly<Record<string, readonly WorkbookCell[][]>>,
): Promise<Buffer<ArrayBuffer>> {
  const written = await writeExcelFile(
    Object.entries(sheets).map(([sheet, rows]) => ({
      sheet,
      data: rows.map((row) =>
        row.map((value) => (value instanceof Date ? { value, type: Date, format: 'yyyy-mm-dd hh:mm' } : value)),
      ),
    })),
  ).toBuffer()
  return Buffer.from(written)
}
