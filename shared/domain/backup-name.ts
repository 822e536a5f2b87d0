/** Why a backup was made: daily, by the user, or before a migration of the store. */
export const backupKinds = ['daily', 'manual', 'before-migration'] as const
export type BackupKind = (typeof backupKinds)[number]

/** `daily-2026-11-30T01-02-03-456Z.db`: names of one kind sort by time. */
export const backupNamePattern =
  /^(daily|manual|before-migration)-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z\.db$/

/** Formats an instant (ms) for a file name. It is valid on every file system, and sorts by time. */
export function fileStamp(at: number): string {
  return new Date(at).toISOString().replace(/[:.]/g, '-')
}

/** Returns the name of a backup made at an instant (ms). */
export function backupName(kind: BackupKind, at: number): string {
  return `${kind}-${fileStamp(at)}.db`
}

/** Returns the kind and the instant (ms) of a backup by its name, or null if it is not a backup's name. */
export function parseBackupName(name: string): { readonly kind: BackupKind; readonly at: number } | null {
  const [, written, day, hours, minutes, seconds, ms] = backupNamePattern.exec(name) ?? []
  const kind = backupKinds.find((each) => each === written)
  const at = Date.parse(`${day}T${hours}:${minutes}:${seconds}.${ms}Z`)
  return kind === undefined || Number.isNaN(at) ? null : { kind, at }
}
