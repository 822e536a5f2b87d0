import type { Client, ClientInput } from '#shared/contract/clients.ts'
import { byName, type ClientTextField, clientTextFields, textFieldOf } from '#shared/domain/client-fields.ts'
import { normalizePhone, operatorCodeOf } from '#shared/domain/phone.ts'

/** The values of the client form. */
export interface ClientValues extends Record<ClientTextField, string> {
  phone: string
  /** Empty: derived from the phone. */
  operatorCode: string
  tags: string[]
  attributes: { key: string; name: string; value: string }[]
  optedOut: boolean
}

/** The form values of a client; null for a new one. */
export function clientValuesOf(client: Client | null): ClientValues {
  if (client === null) {
    return {
      phone: '',
      ...byName(clientTextFields, (field) => textFieldOf(field).initial('')),
      tags: [],
      attributes: [],
      optedOut: false,
    }
  }
  const { phone, operatorCode, tags, attributes, optedOutAt } = client
  return {
    phone: `+${phone}`,
    ...byName(clientTextFields, (field) => client[field]),
    operatorCode: operatorCode === operatorCodeOf(phone) ? '' : operatorCode,
    tags: [...tags],
    attributes: Object.entries(attributes).map(([attribute, value]) => ({ key: attribute, name: attribute, value })),
    optedOut: optedOutAt !== null,
  }
}

/** A client to save; without `optedOutAt` its opt-out stays as it is. */
export type ClientDraft = Omit<ClientInput, 'optedOutAt'> & { optedOutAt?: string | null }

/**
 * Returns the client that the form describes; the values must be valid. Includes the opt-out only if the user changed
 * it: an imported list may have opted the client out since the form was opened, and saving a name must not undo that.
 */
export function clientOf(values: ClientValues, before: Client | null, now: Date): ClientDraft {
  const phone = normalizePhone(values.phone)
  const written = phone.ok ? phone.phone : values.phone
  const hadOptedOut = before !== null && before.optedOutAt !== null
  return {
    phone: written,
    ...byName(clientTextFields, (field) => values[field]),
    operatorCode: values.operatorCode === '' ? operatorCodeOf(written) : values.operatorCode,
    tags: values.tags,
    attributes: Object.fromEntries(
      values.attributes.filter(({ name }) => name.trim() !== '').map(({ name, value }) => [name.trim(), value]),
    ),
    ...(values.optedOut === hadOptedOut ? {} : { optedOutAt: values.optedOut ? now.toISOString() : null }),
  }
}

/** Maps the engine's fields (`tags.3`, `attributes.city`, `optedOutAt`) to those of the form. */
export function clientFieldErrors(
  errors: Readonly<Record<string, string>>,
  values: ClientValues,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([path, message]) => {
      const [field = path, ...rest] = path.split('.')
      if (field === 'tags') return ['tags', message]
      if (field === 'optedOutAt') return ['optedOut', message]
      if (field !== 'attributes') return [path, message]
      const index = values.attributes.findIndex((attribute) => attribute.name.trim() === rest.join('.'))
      return [`attributes.${Math.max(index, 0)}.value`, message]
    }),
  )
}
