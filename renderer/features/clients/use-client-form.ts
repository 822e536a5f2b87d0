import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import type { Client } from '#shared/contract/clients.ts'
import { normalizePhone, phoneErrors } from '#shared/domain/phone.ts'
import { isTimeZone } from '#shared/domain/time-zone.ts'
import { type ClientValues, clientValuesOf } from './client-values.ts'

export type ClientFormState = ReturnType<typeof useClientForm>

/** The client form. It validates in the browser, so that errors show at their fields without a request. */
export function useClientForm(client: Client | null) {
  const { t } = useTranslation(['clients', 'errors'])
  return useForm({
    initialValues: clientValuesOf(client),
    validate: {
      phone(phone: string) {
        const result = normalizePhone(phone)
        return result.ok ? null : t(`errors:${phoneErrors[result.problem]}`)
      },
      operatorCode: (code: string) => (code === '' || /^\d{3}$/.test(code) ? null : t('errors:operator_code_format')),
      timeZone: (zone: string) => (isTimeZone(zone) ? null : t('errors:time_zone_unknown')),
      attributes: {
        name(name: string, values: ClientValues) {
          const same = values.attributes.filter((attribute) => attribute.name.trim() === name.trim())
          return name.trim() !== '' && same.length > 1 ? t('attributes.twice') : null
        },
      },
    },
  })
}
