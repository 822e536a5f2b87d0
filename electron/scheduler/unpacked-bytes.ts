/** The record at the end of a zip archive, and the entries that it points to (PKWARE APPNOTE 4.3.12 and 4.3.16). */
const endMark = 0x06054b50
const entryMark = 0x02014b50
const endBytes = 22
const entryBytes = 46
/** A comment may follow the record. */
const maxCommentBytes = 0xffff

/** Returns the unpacked size that a zip archive states, up to 4 GB for each file; null when the archive is incomplete. */
export function unpackedBytes(archive: Buffer): number | null {
  let end = archive.length - endBytes
  const earliest = Math.max(0, end - maxCommentBytes)
  while (end >= earliest && archive.readUInt32LE(end) !== endMark) end -= 1
  if (end < earliest) return null
  const entries = archive.readUInt16LE(end + 10)
  let at = archive.readUInt32LE(end + 16)
  let bytes = 0
  for (let entry = 0; entry < entries; entry += 1) {
    if (at + entryBytes > archive.length || archive.readUInt32LE(at) !== entryMark) return null
    bytes += archive.readUInt32LE(at + 24)
    at += entryBytes + archive.readUInt16LE(at + 28) + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
  return bytes
}
