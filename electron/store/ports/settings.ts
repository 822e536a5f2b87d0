export interface SettingReads {
  /** Returns the value under a key, as it was set; undefined when there is none. Throws `SyntaxError` when it is damaged. */
  get(key: string): Promise<unknown>
}

export interface SettingWrites extends SettingReads {
  /** Keeps a value that JSON can express. */
  set(key: string, value: unknown): Promise<void>
}
