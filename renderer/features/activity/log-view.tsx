import { Button, Group, SegmentedControl, Select, Text } from '@mantine/core'
import { IconClipboard, IconFileText, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type LogLine, type LogName, logLevels, logNames } from '#shared/contract/log.ts'
import { client } from '../../api/client.ts'
import { orpc } from '../../api/queries.ts'
import { showDone, showProblem } from '../../components/notice.ts'
import { SearchInput } from '../../components/search-input.tsx'
import { EmptyState } from '../../components/states.tsx'
import { DataTable, pages } from '../../components/table/data-table.tsx'
import type { TableColumn } from '../../components/table/table-props.ts'
import { useUrlParams } from '../../components/use-url-params.ts'
import classes from './activity.module.css'
import { ActivityFilterInputs, type ActivityFilters, useActivityFilters } from './activity-filters.tsx'
import { LinkedText } from './linked-text.tsx'

const linesPerPage = 200

/** The log file, the latest lines first. */
export function LogView() {
  const { t } = useTranslation('activity')
  const filters = useLogFilters()
  const { query, isFollowing, setFollowing } = useLogLines(filters)
  const columns = useLogColumns()
  const lines = query.data?.pages.flatMap((page) => page.items) ?? []
  const dataDir = useQuery(orpc.settings.about.queryOptions()).data?.dataDir
  return (
    <>
      <search className={classes.filters}>
        <LogFilterInputs filters={filters} />
        <Group gap="xs" ml="auto" wrap="nowrap">
          <Button
            variant="default"
            leftSection={isFollowing ? <IconPlayerPause size={15} /> : <IconPlayerPlay size={15} />}
            onClick={() => setFollowing(!isFollowing)}
          >
            {t(isFollowing ? 'log.pause' : 'log.follow')}
          </Button>
          <CopyLinesButton lines={lines} />
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

interface LogFilters extends ActivityFilters {
  readonly log: LogName
  readonly level: LogLine['level']
  readonly search: string
}

/** Which lines are shown, kept in the address. */
function useLogFilters(): LogFilters {
  const { params } = useUrlParams()
  return {
    ...useActivityFilters(),
    log: logNames.find((name) => name === params.get('log')) ?? 'sending',
    level: logLevels.find((name) => name === params.get('level')) ?? 'info',
    search: params.get('search') ?? '',
  }
}

function useLogLines({ log, level, search, ids, since }: LogFilters) {
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
      limit: linesPerPage,
    }),
    placeholderData: keepPreviousData,
  })
  const query = useInfiniteQuery(options)
  const [isFollowing, setFollowing] = useState(true)
  // While the user reads older pages, new lines must not move them.
  const isAtTop = (query.data?.pages.length ?? 1) === 1
  useFollow(log, isFollowing && isAtTop, options.queryKey)
  return { query, isFollowing, setFollowing }
}

/** Reads the lines again whenever the engine reports new ones. */
function useFollow(log: LogName, enabled: boolean, queryKey: readonly unknown[]): void {
  const cache = useQueryClient()
  const key = JSON.stringify(queryKey)
  useEffect(() => {
    if (!enabled) return
    const abort = new AbortController()
    async function follow() {
      for await (const _ of await client.log.follow({ log }, { signal: abort.signal }))
        await cache.invalidateQueries({ queryKey: JSON.parse(key) })
    }
    // The shell reports a lost connection; the next visit follows again.
    follow().catch(() => undefined)
    return () => abort.abort()
  }, [log, enabled, key, cache])
}

function LogFilterInputs({ filters }: { readonly filters: LogFilters }) {
  const { t } = useTranslation('activity')
  const { log, level, search, set } = filters
  return (
    <>
      <SegmentedControl
        aria-label={t('log.label')}
        size="xs"
        value={log}
        data={logNames.map((value) => ({ value, label: t(`log.${value}`) }))}
        onChange={(value) => set('log', value)}
      />
      <SearchInput label={t('log.search')} search={search} onSearch={(text) => set('search', text)} />
      <Select
        w={150}
        aria-label={t('log.level')}
        allowDeselect={false}
        data={logLevels.map((value) => ({ value, label: t(`log.${value}`) }))}
        value={level}
        onChange={(value) => set('level', value === 'info' ? null : value)}
      />
      <ActivityFilterInputs filters={filters} names={['delivery', 'message', 'client']} />
    </>
  )
}

function CopyLinesButton({ lines }: { readonly lines: readonly LogLine[] }) {
  const { t } = useTranslation('activity')
  async function copy() {
    try {
      await navigator.clipboard.writeText(lines.map(({ at, level, text }) => `${at} ${level} ${text}`).join('\n'))
      showDone(t('log.copied', { count: lines.length }))
    } catch (error) {
      showProblem({ title: t('log.notCopied'), advice: String(error) })
    }
  }
  return (
    <Button variant="default" leftSection={<IconClipboard size={15} />} onClick={() => void copy()}>
      {t('log.copy')}
    </Button>
  )
}

function useLogColumns(): readonly TableColumn<LogLine>[] {
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
            <LinkedText text={text} />
          </span>
        ),
      },
    ],
    [t],
  )
}

/** The local time to the millisecond, in the order of ISO 8601. */
function inLocalTime(instant: string): string {
  const at = new Date(instant)
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString()
  return local.replace('T', ' ').replace('Z', '')
}
