import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import type { Client } from '#shared/contract/clients.ts'
import { byName, clientTextFields, textFieldOf } from '#shared/domain/client-fields.ts'
import { normalizePhone, phoneErrors } from '#shared/domain/phone.ts'
import { sentError } from '#shared/errors/app-error.ts'
import { translateError } from '../../api/error-translations.ts'
import { type ClientValues, clientValuesOf } from './client-values.ts'

export type ClientFormState = ReturnType<typeof useClientForm>

/** The client form. It validates in the browser, so that errors show at their fields without a request. */
export function useClientForm(client: Client | null) {
  const { t } = useTranslation(['clients', 'errors'])
  const { t: shell } = useTranslation('shell')
  return useForm({
    initialValues: clientValuesOf(client),
    validate: {
      phone(phone: string) {
        const result = normalizePhone(phone)
        return result.ok ? null : t(`errors:${phoneErrors[result.problem]}`)
      },
      ...byName(clientTextFields, (field) => (text: string) => {
        if (field === 'operatorCode' && text === '') return null
        const read = textFieldOf(field).read(text.trim())
        return typeof read === 'string' ? null : translateError(sentError(read), shell)
      }),
      attributes: {
        name(name: string, values: ClientValues) {
          const same = values.attributes.filter((attribute) => attribute.name.trim() === name.trim())
          return name.trim() !== '' && same.length > 1 ? t('attributes.twice') : null
        },
      },
    },
  })
}
