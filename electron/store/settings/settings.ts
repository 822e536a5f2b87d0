import type { ReadContext, WriteContext } from '../contexts.ts'

/** Returns the value under a key, as it was set; undefined when there is none. Throws `SyntaxError` when it is damaged. */
export async function readSetting({ models, transaction }: ReadContext, key: string): Promise<unknown> {
  const row = await models.Setting.findByPk(key, { transaction })
  return row === null ? undefined : JSON.parse(row.value)
}

/** Keeps a value that JSON can express. */
export async function writeSetting({ models, transaction }: WriteContext, key: string, value: unknown): Promise<void> {
  await models.Setting.upsert({ key, value: JSON.stringify(value) }, { transaction })
}
