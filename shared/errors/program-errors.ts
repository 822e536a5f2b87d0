/** The program itself: its store, its start, backups, the lock, exports. */
export const programErrors = {
  store_full: () => 'the disk with the data directory is full: free up space',
  store_readonly: () => 'the data directory is not writable: check its permissions',
  store_failing: () =>
    'the disk with the data directory has read or write errors: check the disk and back up your data',
  store_damaged: () => 'the store is damaged: close Herald and restore a backup',
  unexpected: ({ cause }: { cause: string }) => cause,

  directory_is_file: ({ path }: { path: string }) =>
    `${path} is a file, not a directory: choose another data directory`,
  directory_unwritable: ({ path, cause }: { path: string; cause: string | null }) =>
    `${path} is not writable: choose another data directory, or change its permissions${cause === null ? '' : ` (${cause})`}`,
  directory_in_use: ({ path }: { path: string }) =>
    `another Herald has ${path} open: close it first, or choose another data directory`,
  store_too_new: ({ migration }: { migration: string }) =>
    `this data directory was written by a newer Herald (it has "${migration}"): install that version, or choose another data directory`,
  store_not_written: ({ file, cause }: { file: string; cause: string }) => `${file} cannot be written: ${cause}`,
  file_readonly: ({ file }: { file: string }) =>
    `${file} cannot be opened for writing: change its permissions, or choose another data directory`,
  file_without_room: ({ file }: { file: string }) =>
    `the disk has no room for ${file}: free up space, or choose another data directory`,
  file_failing: ({ file }: { file: string }) =>
    `the disk has read or write errors at ${file}: check the disk and back up your data, or choose another data directory`,
  owner_file_damaged: ({ file }: { file: string }) => `${file} is damaged: delete it, it contains no data of yours`,
  store_file_damaged: ({ file }: { file: string }) => `${file} is damaged`,
  store_damaged_with_backup: ({ file, backup }: { file: string; backup: string }) =>
    `${file} is damaged: its newest intact backup is ${backup}, which can replace it (on the web host with --restore newest); the damaged store is kept, not deleted`,
  store_damaged_without_backup: ({ file }: { file: string }) =>
    `${file} is damaged: it has no intact backup; start with an empty store (on the web host with --restore none; the damaged store is kept, not deleted), or choose another data directory`,
  restore_without_backup: () => 'there is no intact backup to restore',
  restore_backup_gone: ({ name }: { name: string }) =>
    `the backup ${name} is gone: nothing was restored, and the store is unchanged`,
  restore_backup_newer: ({ name }: { name: string }) =>
    `the backup ${name} was made by a newer Herald: install that version first`,
  restore_backup_damaged: ({ name }: { name: string }) => `the backup ${name} is missing or damaged: choose another`,
  restore_request_unreadable: ({ file }: { file: string }) => `${file} in the data directory cannot be read: delete it`,
  environment_url: ({ value }: { value: string }) =>
    `HERALD_GATEWAY_URL must be an address that starts with http:// or https://, not "${value}"`,
  environment_token: () => 'HERALD_GATEWAY_TOKEN contains characters that are not allowed in a header: copy it again',

  backup_name: () => 'must be the name of a backup',
  backup_missing: () => 'this backup no longer exists',
  backup_newer: () => 'this backup was made by a newer Herald: install that version first',
  backup_damaged: () => 'this backup is damaged: choose another',
  backup_being_restored: () => 'this backup is being restored',

  passphrase_too_short: ({ min }: { min: number }) => `a passphrase has at least ${min} characters`,
  passphrase_required: () => 'the current passphrase is required',
  passphrase_wrong: () => 'this is not the passphrase',
  passphrase_wrong_wait: ({ seconds }: { seconds: number }) =>
    `this is not the passphrase: wait ${seconds} s before the next attempt`,
  passphrase_wait: ({ seconds }: { seconds: number }) => `wait ${seconds} s before the next attempt`,
  passphrase_unreadable: () =>
    'the saved passphrase cannot be read: close Herald and start it with --forget-passphrase',
  passphrase_not_set: () => 'there is no passphrase to unlock with: set one first',

  xlsx_too_many_rows: ({ max, rows }: { max: number; rows: number }) =>
    `an XLSX sheet holds ${max} lines below its header, and these are ${rows}: export as CSV, or narrow the filter`,
  xlsx_too_many_columns: ({ max, columns }: { max: number; columns: number }) =>
    `an XLSX sheet holds ${max} columns, and these are ${columns}: export as CSV`,
  xlsx_too_large: () => 'this is too large for an XLSX file: export as CSV',
}
