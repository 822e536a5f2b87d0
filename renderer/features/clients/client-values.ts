import type { Client, ClientInput } from '#shared/contract/clients.ts'
import { normalizePhone, operatorCodeOf } from '#shared/domain/phone.ts'
import { machineTimeZone } from '#shared/domain/time-zone.ts'

/** What the form holds of a client. */
export interface ClientValues {
  phone: string
  name: string
  /** Empty: as the phone says. */
  operatorCode: string
  timeZone: string
  tags: string[]
  attributes: { key: string; name: string; value: string }[]
  optedOut: boolean
}

/** The form of a client, or of one who is not there yet. */
export function clientValuesOf(client: Client | null): ClientValues {
  if (client === null) {
    return {
      phone: '',
      name: '',
      operatorCode: '',
      timeZone: machineTimeZone(),
      tags: [],
      attributes: [],
      optedOut: false,
    }
  }
  const { phone, name, operatorCode, timeZone, tags, attributes, optedOutAt } = client
  return {
    phone: `+${phone}`,
    name,
    operatorCode: operatorCode === operatorCodeOf(phone) ? '' : operatorCode,
    timeZone,
    tags: [...tags],
    attributes: Object.entries(attributes).map(([attribute, value]) => ({ key: attribute, name: attribute, value })),
    optedOut: optedOutAt !== null,
  }
}

/** A client to write down; who is left unmentioned neither opts out nor in. */
export type ClientDraft = Omit<ClientInput, 'optedOutAt'> & { optedOutAt?: string | null }

/**
 * The client that the form describes. Of opting out it speaks only where the operator changed it: since the form was opened, a list
 * may have taken the client off every delivery, and saving a name must not undo that. Call it on checked values only.
 */
export function clientOf(values: ClientValues, before: Client | null, now: Date): ClientDraft {
  const phone = normalizePhone(values.phone)
  const written = phone.ok ? phone.phone : values.phone
  const hadOptedOut = before !== null && before.optedOutAt !== null
  return {
    phone: written,
    name: values.name,
    operatorCode: values.operatorCode === '' ? operatorCodeOf(written) : values.operatorCode,
    timeZone: values.timeZone,
    tags: values.tags,
    attributes: Object.fromEntries(
      values.attributes.filter(({ name }) => name.trim() !== '').map(({ name, value }) => [name.trim(), value]),
    ),
    ...(values.optedOut === hadOptedOut ? {} : { optedOutAt: values.optedOut ? now.toISOString() : null }),
  }
}

/** The engine's fields (`tags.3`, `attributes.city`, `optedOutAt`) as the form knows them. */
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
