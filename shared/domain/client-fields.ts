import * as z from 'zod'
import type { AppError } from '../errors/app-error.ts'
import { failsWith } from '../errors/issue.ts'
import { canonicalLanguage, languageSchema, optionalLanguageSchema } from './language-tag.ts'
import { operatorCodeOf, phoneSchema } from './phone.ts'
import { canonicalTimeZone, machineTimeZone, timeZoneSchema } from './time-zone.ts'

export const maxTagCharacters = 100
export const tagSchema = z
  .string()
  .trim()
  .min(1, failsWith('tag_empty'))
  .max(maxTagCharacters, failsWith('tag_too_long'))

const operatorCodePattern = /^\d{3}$/
const operatorCodeText = z.string().regex(operatorCodePattern, failsWith('operator_code_format'))
const operatorCodeSchema = z.union([z.string(), z.number().int().transform(String)]).pipe(operatorCodeText)

const maxNameCharacters = 200
const nameSchema = z.string().trim().max(maxNameCharacters)

const tagsSchema = z.array(tagSchema).max(100)

/** One field of a client, for everything that reads, writes, filters or shows it. */
interface FieldDescription {
  /** The field in a request. */
  readonly schema: z.ZodType
  /** The same in a new client: optional, or with its default. */
  readonly input: z.ZodType
  /** Titles of the field's column in an imported table: lower case, letters and digits only. */
  readonly importTitles: readonly string[]
  /** Width of the column in an exported workbook, in characters. */
  readonly exportWidth: number
  /** Whether texts can use the field. */
  readonly isMergeVariable?: true
}

/** A field that is one text, in a column of its own in the store. Its column is never null: no value is an empty text. */
interface TextFieldDescription extends FieldDescription {
  /** Returns the text as it is stored, or why it cannot be. */
  read(text: string): string | AppError
  /** Returns the value of a new client that is given none. */
  initial(phone: string): string
  /** A client can have no value. It is stored as an empty text; in a text an attribute of the same name stands in. */
  readonly isOptional?: true
  /** The property of a filter that selects clients by this field. */
  readonly filter?: {
    readonly name: string
    /** Several values, as documentation names them. */
    readonly label: string
    /** One value in the filter of a delivery. */
    readonly value: z.ZodType<string, string>
  }
}

/** The fields of a client, in the order of import choices and export columns. A field added here exists everywhere. */
export const clientFields = {
  phone: {
    schema: phoneSchema,
    input: phoneSchema,
    importTitles: ['phone', 'phonenumber', 'mobile', 'msisdn', 'tel', 'телефон', 'номер', 'номертелефона', 'мобильный'],
    exportWidth: 14,
    isMergeVariable: true,
  },
  name: {
    schema: nameSchema,
    input: nameSchema.default(''),
    read: (text) =>
      text.length > maxNameCharacters ? { code: 'text_too_long', params: { max: maxNameCharacters } } : text,
    initial: () => '',
    importTitles: ['name', 'fullname', 'client', 'имя', 'фио', 'клиент'],
    exportWidth: 28,
    isMergeVariable: true,
  },
  tags: {
    schema: tagsSchema,
    input: tagsSchema.default([]),
    importTitles: ['tag', 'tags', 'label', 'labels', 'тег', 'теги', 'метка', 'метки'],
    exportWidth: 24,
  },
  operatorCode: {
    schema: operatorCodeSchema,
    input: operatorCodeSchema.optional(),
    read: (text) => (operatorCodePattern.test(text) ? text : { code: 'operator_code_format' }),
    initial: operatorCodeOf,
    importTitles: ['code', 'operatorcode', 'mobileoperatorcode', 'mobilecode', 'код', 'кодоператора'],
    exportWidth: 10,
    filter: { name: 'operatorCodes', label: 'operator codes', value: operatorCodeText },
  },
  timeZone: {
    schema: timeZoneSchema,
    input: timeZoneSchema.optional(),
    read: (text) => canonicalTimeZone(text) ?? { code: 'time_zone_unknown' },
    initial: machineTimeZone,
    importTitles: ['timezone', 'tz', 'часовойпояс', 'таймзона'],
    exportWidth: 20,
    filter: { name: 'timeZones', label: 'time zones', value: z.string().min(1) },
  },
  language: {
    schema: optionalLanguageSchema,
    input: optionalLanguageSchema.default(''),
    read: (text) => (text === '' ? '' : (canonicalLanguage(text) ?? { code: 'language_unknown' })),
    initial: () => '',
    isOptional: true,
    importTitles: ['language', 'lang', 'язык'],
    exportWidth: 10,
    isMergeVariable: true,
    filter: { name: 'languages', label: 'languages', value: languageSchema },
  },
} as const satisfies Readonly<Record<string, FieldDescription | TextFieldDescription>>

type Fields = typeof clientFields
export type ClientField = keyof Fields
/** A field that is one text. */
export type ClientTextField = FieldsWith<{ read: unknown }>
/** A field that texts can use, besides the phone. */
export type MergeField = Exclude<FieldsWith<{ isMergeVariable: true }>, 'phone'>
/** A field that filters select by. */
export type FilteredField = FieldsWith<{ filter: unknown }>
/** The property of a filter for each field. */
export type FilterNames = { readonly [Field in FilteredField]: Fields[Field]['filter']['name'] }
export type FieldFilterName = FilterNames[FilteredField]
type FieldsWith<Shape> = { [Field in ClientField]: Fields[Field] extends Shape ? Field : never }[ClientField]

/** A value for each text field. */
export type ClientTexts = { readonly [Field in ClientTextField]: string }

const names = Object.keys(clientFields) as ClientField[]
export const clientFieldNames: readonly ClientField[] = names
export const clientTextFields = names.filter((name): name is ClientTextField => 'read' in clientFields[name])
export const mergeFields = clientTextFields.filter(
  (name): name is MergeField => 'isMergeVariable' in clientFields[name],
)

const filteredFields = clientTextFields.filter((name): name is FilteredField => 'filter' in clientFields[name])
/** The filters by one field: the field, and the filter's property. */
export const fieldFilters: readonly FieldFilter[] = filteredFields.map((field) => ({
  field,
  ...clientFields[field].filter,
}))

export interface FieldFilter {
  readonly field: FilteredField
  readonly name: FieldFilterName
  readonly label: string
  readonly value: z.ZodType<string, string>
}

/** Returns the description of a text field. */
export function textFieldOf(field: ClientTextField): TextFieldDescription {
  return clientFields[field]
}

/** Returns an object with a property for each of these names. */
export function byName<Name extends string, Value>(
  fields: readonly Name[],
  make: (name: Name) => Value,
): { [Each in Name]: Value } {
  return Object.fromEntries(fields.map((name) => [name, make(name)])) as { [Each in Name]: Value }
}
