/** Files with clients, and the lines in them. */
export const importErrors = {
  line_broken: () => 'the line has unmatched quotation marks, or is too long: fix the line',
  line_too_wide: ({ columns, header }: { columns: number; header: number }) =>
    `the line has ${columns} columns, but the header has ${header}: quote the cells that contain the separator`,
  file_empty: () => 'the file is empty: it needs a first line with the titles of its columns',
  file_unreadable: ({ cause }: { cause: string }) => `the file could not be read: ${cause}`,
  header_unreadable: () => 'the first line cannot be read: is this a CSV file?',
  workbook_old: () => 'this is an old Excel workbook, or one with a password: save it as .xlsx without a password',
  workbook_too_large: ({ maxMb }: { maxMb: number }) =>
    `the workbook is larger than ${maxMb} MB: split it, or save the sheet as CSV`,
  workbook_damaged: () => 'the workbook is damaged: open it in a spreadsheet program and save it again',
  workbook_unreadable: ({ cause }: { cause: string }) => `the workbook cannot be read: ${cause}`,
  sheet_too_large: () => 'the sheet is too large: split it, or save it as CSV',
  sheet_unknown: ({ sheet, sheets }: { sheet: string; sheets: readonly string[] }) =>
    `the workbook has no sheet "${sheet}"; it has ${sheets.join(', ')}`,
  import_running: () => 'another import is running: wait for it to finish, or stop it',
  import_stopped: () => 'The import was stopped: nothing was imported.',
  columns_mismatch: ({ columns, described }: { columns: number; described: number }) =>
    `the file has ${columns} columns, but ${described} were described: describe each of them`,
  column_target_twice: ({ target }: { target: string }) =>
    `more than one column is mapped to "${target}": choose one of them`,
  column_phone_missing: ({ titles }: { titles: readonly string[] }) =>
    `no column is mapped to the phone number: map one, or title it "phone" in the first line (its columns are ${quoted(titles)})`,
  column_title_too_long: ({ title, max }: { title: string; max: number }) =>
    `the title "${title}…" is longer than ${max} characters: shorten it, or leave the column out`,
  column_unknown: ({ title, titles }: { title: string; titles: readonly string[] }) =>
    `the file has no column "${title}"; it has ${quoted(titles)}`,
  column_twice: ({ title }: { title: string }) => `the column "${title}" is named twice`,
}

function quoted(titles: readonly string[]): string {
  return titles.map((title) => `"${title}"`).join(', ')
}
