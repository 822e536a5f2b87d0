/** Why a backup was made: once a day, at the operator's word, or before the store's schema was changed. */
export const backupKinds = ['daily', 'manual', 'before-migration'] as const
export type BackupKind = (typeof backupKinds)[number]

/** `daily-2026-11-30T01-02-03-456Z.db`: in the order of time within its kind. */
export const backupNamePattern =
  /^(daily|manual|before-migration)-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z\.db$/

/** A moment (ms) as a part of a name: letters that every file system takes, in the order of time. */
export function fileStamp(at: number): string {
  return new Date(at).toISOString().replace(/[:.]/g, '-')
}

/** The name of a backup made at this moment (ms). */
export function backupName(kind: BackupKind, at: number): string {
  return `${kind}-${fileStamp(at)}.db`
}

/** Kind and moment (ms) that a name tells; null when it is no backup's. */
export function parseBackupName(name: string): { readonly kind: BackupKind; readonly at: number } | null {
  const [, written, day, hours, minutes, seconds, ms] = backupNamePattern.exec(name) ?? []
  const kind = backupKinds.find((each) => each === written)
  const at = Date.parse(`${day}T${hours}:${minutes}:${seconds}.${ms}Z`)
  return kind === undefined || Number.isNaN(at) ? null : { kind, at }
}
