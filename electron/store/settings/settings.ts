import type { Reading, Writing } from '../store.ts'

/** The value kept under a key, as it was put; undefined when there is none. */
export async function readSetting({ models }: Reading, key: string): Promise<unknown> {
  const row = await models.Setting.findByPk(key)
  return row === null ? undefined : JSON.parse(row.value)
}

/** Keeps a value that JSON can say. */
export async function writeSetting({ models, transaction }: Writing, key: string, value: unknown): Promise<void> {
  await models.Setting.upsert({ key, value: JSON.stringify(value) }, { transaction })
}
