import { Text } from '@mantine/core'
import { IconBellOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Client } from '#shared/contract/clients.ts'
import { type ClientField, clientFieldNames } from '#shared/domain/client-fields.ts'
import { formatPhone } from '#shared/domain/phone.ts'
import { orpc } from '../../api/queries.ts'
import type { TableColumn } from '../../components/table/table-props.ts'
import { RelativeTime } from '../../components/time.tsx'
import classes from './clients.module.css'

/** Every column the table can show: each property and attribute of a client. */
export function useClientColumns(): readonly TableColumn<Client>[] {
  const { t } = useTranslation('clients')
  const attributes = useQuery(orpc.clients.facets.queryOptions()).data?.attributes
  return useMemo(
    () => [
      {
        key: 'phone',
        title: t('fields.phone'),
        width: '11rem',
        sortBy: 'phone',
        cell: (client) => formatPhone(client.phone),
      },
      ...clientFieldNames.filter((field) => field !== 'phone').map((field) => fieldColumn(field, t)),
      {
        key: 'optedOutAt',
        title: t('fields.optedOut'),
        width: '8rem',
        cell: (client) => (client.optedOutAt === null ? null : <OptedOut at={client.optedOutAt} />),
      },
      {
        key: 'createdAt',
        title: t('fields.createdAt'),
        width: '9rem',
        sortBy: 'createdAt',
        cell: (client) => (
          <Text size="sm" c="dimmed" span>
            <RelativeTime at={client.createdAt} />
          </Text>
        ),
      },
      ...(attributes ?? []).map(
        (name): TableColumn<Client> => ({
          key: `attribute ${name}`,
          title: name,
          width: 'minmax(8rem, 1fr)',
          cell: (client) => client.attributes[name] ?? '',
        }),
      ),
    ],
    [t, attributes],
  )
}

/** The column of a field, where it differs from others. */
const looks: { readonly [Field in ClientField]?: Partial<TableColumn<Client>> } = {
  name: { width: 'minmax(8rem, 2fr)', sortBy: 'name' },
  tags: { width: 'minmax(8rem, 2fr)', cell: (client) => <Tags tags={client.tags} /> },
  operatorCode: { width: '4.5rem' },
  timeZone: { width: 'minmax(11rem, 1fr)' },
}

function fieldColumn(field: ClientField, t: TFunction<'clients'>): TableColumn<Client> {
  const title = field === 'operatorCode' ? t('fields.operatorCodeShort') : t(`fields.${field}`)
  return { key: field, title, width: '8rem', cell: (client) => client[field], ...looks[field] }
}

function Tags({ tags }: { readonly tags: readonly string[] }) {
  return (
    <span className={classes.tags} title={tags.join(', ')}>
      {tags.map((tag) => (
        <span key={tag} className={classes.tag}>
          {tag}
        </span>
      ))}
    </span>
  )
}

function OptedOut({ at }: { readonly at: string }) {
  return (
    <span className={classes.optedOut}>
      <IconBellOff size={14} stroke={2} aria-hidden="true" />
      <RelativeTime at={at} />
    </span>
  )
}
