import { Select, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { explain, type Filter, type FilterCheck } from '#shared/domain/filter.ts'
import { formatPhone } from '#shared/domain/phone.ts'
import { orpc } from '../../api/queries.ts'
import classes from './filter-sentence.module.css'
import { describeValues } from './filter-text.ts'

const maxFound = 8
const typingPauseMs = 200

/** Whether a filter selects one client that the user searches for, and which conditions decide it. */
export function ClientCheck({ filter }: { readonly filter: Filter }) {
  const { t } = useTranslation('deliveries')
  const [typed, setTyped] = useState('')
  const [chosenId, setChosenId] = useState<string | null>(null)
  const [search] = useDebouncedValue(typed.trim(), typingPauseMs)
  const found = useQuery({
    ...orpc.clients.list.queryOptions({ input: { search, limit: maxFound }, placeholderData: keepPreviousData }),
    enabled: search !== '',
  }).data?.items
  const client = useQuery({
    ...orpc.clients.get.queryOptions({ input: { id: Number(chosenId ?? 0) } }),
    enabled: chosenId !== null,
  }).data
  const options = (client === undefined ? [] : [client])
    .concat((search === '' ? [] : (found ?? [])).filter((each) => each.id !== client?.id))
    .map((each) => ({
      value: String(each.id),
      label: [formatPhone(each.phone), each.name].filter(Boolean).join(' · '),
    }))
  return (
    <div>
      <Select
        label={t('verdict.label')}
        placeholder={t('verdict.placeholder')}
        maw={420}
        searchable
        clearable
        data={options}
        // The engine has already searched, in tags too.
        filter={({ options: all }) => all}
        nothingFoundMessage={search === '' ? t('verdict.type') : t('verdict.nobody')}
        value={chosenId}
        onChange={setChosenId}
        searchValue={typed}
        onSearchChange={setTyped}
      />
      {chosenId === null || client === undefined ? null : (
        <CheckResult filter={filter} verdict={explain(filter, client)} />
      )}
    </div>
  )
}

function CheckResult({ filter, verdict }: { readonly filter: Filter; readonly verdict: ReturnType<typeof explain> }) {
  const { t } = useTranslation('deliveries')
  return (
    <div role="status" className={classes.verdict}>
      <Text size="sm" fw={600}>
        {t(verdict.isSelected ? 'verdict.in' : 'verdict.out')}
      </Text>
      <ul className={classes.verdicts}>
        {verdict.checks.map(({ condition, isMet }) => (
          <li key={condition} data-met={isMet}>
            {isMet ? (
              <IconCircleCheck size={16} role="img" aria-label={t('verdict.met')} />
            ) : (
              <IconCircleX size={16} role="img" aria-label={t('verdict.unmet')} />
            )}
            <span>{inWords(filter, condition, t)}</span>
          </li>
        ))}
      </ul>
      {filter.match === 'any' && verdict.checks.length > 2 ? (
        <Text size="xs" c="dimmed">
          {t('verdict.anyIsEnough')}
        </Text>
      ) : null}
    </div>
  )
}

function inWords(filter: Filter, condition: FilterCheck['condition'], t: TFunction<'deliveries'>): string {
  if (condition === 'optedOut') return t('verdict.notOptedOut')
  return t(`verdict.condition.${condition}`, { values: describeValues(condition, filter[condition], t) })
}
