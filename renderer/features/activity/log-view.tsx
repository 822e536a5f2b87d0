import { Button, Group, SegmentedControl, Select, Text } from '@mantine/core'
import { IconClipboard, IconFileText, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type LogLine, type LogName, logLevels, logNames } from '#shared/contract/log.ts'
import { client } from '../../api/client.ts'
import { orpc } from '../../api/queries.ts'
import { DataTable, pages } from '../../components/data-table.tsx'
import { showDone, showProblem } from '../../components/notice.ts'
import { SearchInput } from '../../components/search-input.tsx'
import { EmptyState } from '../../components/states.tsx'
import { useAddress } from '../../components/use-address.ts'
import type { Column } from '../../components/virtual-table.tsx'
import classes from './activity.module.css'
import { ActivityFilterInputs, useActivityFilters } from './activity-filters.tsx'
import { NamedThings } from './named-things.tsx'

const linesAtOnce = 200

/** The log as it is written, the latest lines first. */
export function LogView() {
  const { t } = useTranslation('activity')
  const filters = useActivityFilters()
  const { params } = useAddress()
  const log = logNames.find((name) => name === params.get('log')) ?? 'sending'
  const level = logLevels.find((name) => name === params.get('level')) ?? 'info'
  const search = params.get('search') ?? ''
  const { ids, since } = filters
  const options = orpc.log.list.infiniteOptions({
    ...pages,
    input: (cursor: string | undefined) => ({
      log,
      level,
      search: search === '' ? undefined : search,
      deliveryId: ids.delivery,
      messageId: ids.message,
      clientId: ids.client,
      since,
      cursor,
      limit: linesAtOnce,
    }),
    placeholderData: keepPreviousData,
  })
  const query = useInfiniteQuery(options)
  const [isFollowed, setIsFollowed] = useState(true)
  // Whoever reads farther back is not pushed about by what is written meanwhile.
  const isAtTop = (query.data?.pages.length ?? 1) === 1
  useGrowth(log, isFollowed && isAtTop, options.queryKey)
  const columns = useLogColumns()
  const lines = query.data?.pages.flatMap((page) => page.items) ?? []
  const dataDir = useQuery(orpc.settings.about.queryOptions()).data?.dataDir

  async function copy() {
    try {
      await navigator.clipboard.writeText(lines.map(({ at, level: is, text }) => `${at} ${is} ${text}`).join('\n'))
      showDone(t('log.copied', { count: lines.length }))
    } catch (error) {
      showProblem({ title: t('log.notCopied'), advice: String(error) })
    }
  }

  return (
    <>
      <search className={classes.filters}>
        <SegmentedControl
          aria-label={t('log.label')}
          size="xs"
          value={log}
          data={logNames.map((value) => ({ value, label: t(`log.${value}`) }))}
          onChange={(value) => filters.set('log', value)}
        />
        <SearchInput label={t('log.search')} search={search} onSearch={(text) => filters.set('search', text)} />
        <Select
          w={150}
          aria-label={t('log.level')}
          allowDeselect={false}
          data={logLevels.map((value) => ({ value, label: t(`log.${value}`) }))}
          value={level}
          onChange={(value) => filters.set('level', value === 'info' ? null : value)}
        />
        <ActivityFilterInputs filters={filters} names={['delivery', 'message', 'client']} />
        <Group gap="xs" ml="auto" wrap="nowrap">
          <Button
            variant="default"
            leftSection={isFollowed ? <IconPlayerPause size={15} /> : <IconPlayerPlay size={15} />}
            onClick={() => setIsFollowed(!isFollowed)}
          >
            {t(isFollowed ? 'log.pause' : 'log.follow')}
          </Button>
          <Button variant="default" leftSection={<IconClipboard size={15} />} onClick={() => void copy()}>
            {t('log.copy')}
          </Button>
        </Group>
      </search>
      <DataTable
        label={t('view.log')}
        query={query}
        columns={columns}
        rowKey={(line) => line.place}
        rowHeight={28}
        empty={
          <EmptyState
            icon={IconFileText}
            title={t('log.none')}
            action={
              query.hasNextPage ? (
                <Button variant="default" loading={query.isFetching} onClick={() => void query.fetchNextPage()}>
                  {t('log.farther')}
                </Button>
              ) : undefined
            }
          >
            {t(query.hasNextPage ? 'log.notYet' : 'log.noneAdvice')}
          </EmptyState>
        }
      />
      {dataDir === undefined ? null : (
        <Text size="xs" c="dimmed" pt="xs">
          {t('log.folder', { folder: dataDir })}
        </Text>
      )}
    </>
  )
}

/** Has the lines read again when there are new ones; the engine tells of them. */
function useGrowth(log: LogName, isFollowed: boolean, queryKey: readonly unknown[]): void {
  const cache = useQueryClient()
  const key = JSON.stringify(queryKey)
  useEffect(() => {
    if (!isFollowed) return
    const leaving = new AbortController()
    async function follow() {
      for await (const _ of await client.log.follow({ log }, { signal: leaving.signal }))
        await cache.invalidateQueries({ queryKey: JSON.parse(key) })
    }
    // Where the connection is lost the shell says so; the next visit follows anew.
    follow().catch(() => undefined)
    return () => leaving.abort()
  }, [log, isFollowed, key, cache])
}

function useLogColumns(): readonly Column<LogLine>[] {
  const { t } = useTranslation('activity')
  return useMemo(
    () => [
      {
        key: 'at',
        title: t('log.at'),
        width: '13.5rem',
        cell: ({ at }) => <span className={classes.line}>{inLocalTime(at)}</span>,
      },
      {
        key: 'level',
        title: t('log.levelShort'),
        width: '5rem',
        cell: ({ level }) => (
          <span className={classes.line} data-level={level}>
            {level}
          </span>
        ),
      },
      {
        key: 'text',
        title: t('log.text'),
        width: 'minmax(30rem, 1fr)',
        cell: ({ text, level }) => (
          <span className={classes.line} data-level={level} title={text}>
            <NamedThings text={text} />
          </span>
        ),
      },
    ],
    [t],
  )
}

/** To the millisecond and in the order of ISO 8601, as a log is read. */
function inLocalTime(instant: string): string {
  const at = new Date(instant)
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString()
  return local.replace('T', ' ').replace('Z', '')
}
