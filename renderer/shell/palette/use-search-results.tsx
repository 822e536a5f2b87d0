import { useDebouncedValue } from '@mantine/hooks'
import { IconAddressBook, IconFilter, IconSend } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { orpc } from '../../api/queries.ts'
import { useFormat } from '../../components/format.ts'
import { matches } from '../commands.ts'
import { useDeliveryToggles } from './use-delivery-toggles.ts'

/** A line of the palette. */
export interface Found {
  readonly id: string
  readonly label: string
  readonly description?: string
  readonly icon?: ReactNode
  readonly keys?: readonly string[] | undefined
  run(): void
}

export interface ResultGroup {
  readonly label: string
  readonly items: readonly Found[]
}

/** Clients and deliveries are searched from this query length on. */
const minLetters = 2
const typingPauseMs = 150
const maxResults = 6

/** The deliveries, segments and clients that match the query, and pause or resume for active deliveries. */
export function useSearchResults(query: string): {
  readonly groups: readonly ResultGroup[]
  readonly isLooking: boolean
} {
  const { t } = useTranslation()
  const format = useFormat()
  const navigate = useNavigate()
  const typed = query.trim()
  const [settled] = useDebouncedValue(typed, typingPauseMs)
  const options = { enabled: settled.length >= minLetters, placeholderData: keepPreviousData }
  const page = { search: settled, limit: maxResults }
  const deliveries = useQuery(orpc.deliveries.list.queryOptions({ input: page, ...options }))
  const clients = useQuery(orpc.clients.list.queryOptions({ input: page, ...options }))
  const segments = useQuery(orpc.segments.list.queryOptions({ enabled: options.enabled }))
  const isTooShort = typed.length < minLetters
  const toggles = useDeliveryToggles(!isTooShort)
  if (isTooShort) return { groups: [], isLooking: false }
  return {
    groups: [
      {
        label: t('nav.deliveries'),
        items: (deliveries.data?.items ?? []).map(({ id, name, status }) => ({
          id: `delivery-${id}`,
          label: name,
          description: t(`status.delivery.${status}`),
          icon: <IconSend size={16} aria-hidden="true" />,
          run: () => void navigate(`/deliveries/${id}`),
        })),
      },
      {
        label: t('palette.groups.underWay'),
        items: toggles
          .filter(({ label }) => matches(label, query))
          .slice(0, maxResults)
          .map(({ id, label, run }) => ({ id: `toggle-${id}`, label, run })),
      },
      {
        label: t('nav.segments'),
        items: (segments.data ?? [])
          .filter(({ name }) => matches(name, query))
          .slice(0, maxResults)
          .map(({ id, name }) => ({
            id: `segment-${id}`,
            label: name,
            icon: <IconFilter size={16} aria-hidden="true" />,
            run: () => void navigate(`/segments/${id}`),
          })),
      },
      {
        label: t('nav.clients'),
        items: (clients.data?.items ?? []).map(({ id, name, phone }) => ({
          id: `client-${id}`,
          label: name === '' ? format.phone(phone) : name,
          ...(name === '' ? {} : { description: format.phone(phone) }),
          icon: <IconAddressBook size={16} aria-hidden="true" />,
          run: () => void navigate(`/clients?client=${id}`),
        })),
      },
    ],
    isLooking: settled !== typed || deliveries.isFetching || clients.isFetching,
  }
}
