/** What the import reads, by the end of a file's name: systems do not agree on the media types of these. */
const importable = /\.(csv|tsv|txt|xlsx)$/i

/** The first of dropped files that clients can be imported from; null where none is one. */
export function importableFile<Dropped extends { readonly name: string }>(files: Iterable<Dropped>): Dropped | null {
  for (const file of files) if (importable.test(file.name)) return file
  return null
}
