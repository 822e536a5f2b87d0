import { byName, type MergeField, mergeFields, textFieldOf } from './client-fields.ts'
import type { MergeValues } from './template.ts'

/** The fields of a client that a text can use, besides the phone. */
export type MergeTexts = { readonly [Field in MergeField]: string | null }

/** The fields of a client of whom only the phone is known. */
export const noMergeTexts: MergeTexts = byName(mergeFields, () => '')

/** Returns the fields that a text can use, of anything that has them. */
export function mergeTextsOf(client: { readonly [Field in MergeField]: string }): { [Field in MergeField]: string } {
  return byName(mergeFields, (field) => client[field])
}

/**
 * Returns every variable that a text can use: the client's attributes and fields. A field hides an attribute of the same
 * name, except an optional field without a value.
 */
export function mergeValuesOf(
  fields: MergeTexts,
  phone: string,
  attributes: Readonly<Record<string, string>>,
): MergeValues {
  const values: { name: string; phone: string } & Record<string, string> = { ...attributes, name: '', phone }
  for (const field of mergeFields) {
    const text = fields[field] ?? ''
    if (text !== '' || textFieldOf(field).isOptional !== true) values[field] = text
  }
  return values
}
