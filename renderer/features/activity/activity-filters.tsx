import { Button, NumberInput, Select } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { parseId, useUrlParams } from '../../components/use-url-params.ts'

const filterIds = ['delivery', 'message', 'client'] as const
export type FilterId = (typeof filterIds)[number]

const periods = ['hour', 'day', 'week', 'month'] as const
type ActivityPeriod = (typeof periods)[number]

const hourMs = 60 * 60 * 1000
const periodMs: { readonly [period in ActivityPeriod]: number } = {
  hour: hourMs,
  day: 24 * hourMs,
  week: 7 * 24 * hourMs,
  month: 30 * 24 * hourMs,
}

export interface ActivityFilters {
  /** The ids in the URL. */
  readonly ids: { readonly [name in FilterId]?: number }
  readonly period: ActivityPeriod | null
  /** The start of the period (ISO 8601). */
  readonly since: string | undefined
  readonly isNarrowed: boolean
  set(name: string, value: string | null): void
  clear(): void
}

/** The filters of both activity views, kept in the URL. */
export function useActivityFilters(): ActivityFilters {
  const { params, change, put } = useUrlParams()
  const ids: { [name in FilterId]?: number } = {}
  for (const name of filterIds) {
    const id = parseId(params.get(name))
    if (id !== null) ids[name] = id
  }
  const period = periods.find((each) => each === params.get('period')) ?? null
  // The period starts when it is chosen, so that the query stays the same.
  const since = useMemo(
    () => (period === null ? undefined : new Date(Date.now() - periodMs[period]).toISOString()),
    [period],
  )
  return {
    ids,
    period,
    since,
    isNarrowed: filterNames(params).length > 0,
    set: put,
    clear: () =>
      change((address) => {
        for (const name of filterNames(address)) address.delete(name)
      }, true),
  }
}

/** Every parameter except the view and the log. */
function filterNames(address: URLSearchParams): string[] {
  return [...address.keys()].filter((name) => name !== 'view' && name !== 'log')
}

interface ActivityFilterInputsProps {
  readonly filters: ActivityFilters
  readonly names: readonly FilterId[]
}

/** Inputs for a delivery, message or client id, and a period. */
export function ActivityFilterInputs({ filters, names }: ActivityFilterInputsProps) {
  const { t } = useTranslation(['activity', 'shell'])
  return (
    <>
      {names.map((name) => (
        <NumberInput
          key={name}
          w={130}
          aria-label={t(`activity:filter.${name}`)}
          placeholder={t(`activity:filter.${name}`)}
          hideControls
          allowDecimal={false}
          allowNegative={false}
          value={filters.ids[name] ?? ''}
          onChange={(value) => filters.set(name, String(value))}
        />
      ))}
      <Select
        w={170}
        aria-label={t('activity:filter.period')}
        placeholder={t('activity:filter.anyTime')}
        clearable
        data={periods.map((value) => ({ value, label: t(`activity:filter.${value}`) }))}
        value={filters.period}
        onChange={(value) => filters.set('period', value)}
      />
      {filters.isNarrowed ? (
        <Button variant="subtle" onClick={filters.clear}>
          {t('shell:actions.clearFilters')}
        </Button>
      ) : null}
    </>
  )
}
