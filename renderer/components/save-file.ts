/** Saves bytes as a file through the browser's own download. */
export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

/** Saves CSV text as a file. */
export function saveCsv(name: string, csv: string): void {
  // With the byte order mark, spreadsheets read the text as UTF-8.
  saveBlob(name, new Blob(['\uFEFF', csv], { type: 'text/csv' }))
}

/** A text as a file name that every file system accepts, at most 100 characters long. */
export function safeFileName(text: string): string {
  return text
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 100)
}

/** The bytes of a base64 text. Throws what `atob` throws if it is not base64. */
export function decodeBase64(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at)
  return bytes
}
