import { Group, MultiSelect, Skeleton, Stack, Text } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { GeneralStatistics } from '#shared/contract/statistics.ts'
import { orpc } from '../../api/queries.ts'
import { LineKey } from '../../components/chart-key.tsx'
import { ExportMenu } from '../../components/exports/export-menu.tsx'
import { Panel } from '../../components/panel.tsx'
import { SkeletonLines } from '../../components/states.tsx'
import { idIn, useAddress } from '../../components/use-address.ts'
import { comparedOf, lookOf, mostCompared } from './compared.ts'
import { ComparisonTable } from './comparison-table.tsx'

/** Charts are heavy: their code arrives when the first one is drawn. */
const ComparisonChart = lazy(async () => ({ default: (await import('./comparison-chart.tsx')).ComparisonChart }))

type Results = GeneralStatistics['results']

/** Some deliveries beside each other: what each came to, and how fast. */
export function ComparisonView({ results }: { readonly results: Results }) {
  const { t } = useTranslation('statistics')
  const { params, put } = useAddress()
  const sent = results.filter(({ messages }) => messages.total > 0)
  const wanted = (params.get('deliveries') ?? '').split(',').map(idIn)
  const known = sent.filter(({ id }) => wanted.includes(id)).map(({ id }) => id)
  const ids = known.length > 0 ? known : sent.slice(0, 3).map(({ id }) => id)
  const details = useQueries({
    queries: ids.map((id) => orpc.statistics.detail.queryOptions({ input: { id } })),
  })
  const compared = details.flatMap(({ data }) => (data === undefined ? [] : [comparedOf(data)]))
  const isWhole = compared.length === ids.length
  return (
    <Stack gap="md">
      <MultiSelect
        label={t('comparison.label')}
        description={t('comparison.advice', { count: mostCompared })}
        data={sent.map(({ id, name }) => ({ value: String(id), label: t('comparison.choice', { id, name }) }))}
        value={ids.map(String)}
        onChange={(chosen) => put('deliveries', chosen.join(','))}
        maxValues={mostCompared}
        searchable
        limit={100}
        nothingFoundMessage={t('comparison.nothingFound')}
        hidePickedOptions
        maw={720}
      />
      {isWhole ? (
        <>
          <Panel
            title={t('comparison.table')}
            aside={
              <ExportMenu
                subject={{ kind: 'deliveries', ids }}
                name={t('comparison.table')}
                label={t('comparison.export')}
              />
            }
          >
            <ComparisonTable compared={compared} />
          </Panel>
          <Panel
            title={t('comparison.chart')}
            aside={
              <Text size="xs" c="dimmed">
                {t('comparison.chartNote')}
              </Text>
            }
          >
            <Group gap="md" mb="sm">
              {compared.map(({ id, name }, place) => {
                const { color, strokeDasharray } = lookOf(place)
                return <LineKey key={id} color={color} dash={strokeDasharray} word={name} />
              })}
            </Group>
            <div role="img" aria-label={t('comparison.summary', { count: compared.length })}>
              <Suspense fallback={<Skeleton height={260} />}>
                <ComparisonChart compared={compared} />
              </Suspense>
            </div>
          </Panel>
        </>
      ) : (
        <SkeletonLines count={8} />
      )}
    </Stack>
  )
}
