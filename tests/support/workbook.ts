import writeExcelFile from 'write-excel-file/node'

/** What a cell of a made workbook holds. */
export type WorkbookCell = string | number | boolean | Date | null

/** An Excel workbook as another program writes it: its sheets by their names. */
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
