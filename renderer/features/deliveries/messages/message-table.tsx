import { Button, Group, Select, Text, Title } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { memo, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { type MessageStatus, messageStatuses } from '#shared/domain/states.ts'
import { maxLivePages } from '../../../api/live-cache.ts'
import { orpc, pageSize } from '../../../api/queries.ts'
import { ExportMenu } from '../../../components/exports/export-menu.tsx'
import { EmptyState, NothingFound } from '../../../components/states.tsx'
import { DataTable, pages } from '../../../components/table/data-table.tsx'
import { parseId, useUrlParams } from '../../../components/use-url-params.ts'
import { MessageDrawer } from './message-drawer.tsx'
import classes from './message-table.module.css'
import { useMessageColumns } from './use-message-columns.tsx'

interface MessageTableProps {
  readonly deliveryId: number
  readonly status: MessageStatus | null
  readonly onStatus: (status: MessageStatus | null) => void
}

/** A delivery's messages; a row opens its history. Not rendered again by the delivery's progress alone. */
export const MessageTable = memo(function MessageTable({ deliveryId, status, onStatus }: MessageTableProps) {
  const { t } = useTranslation('messages')
  const { t: shell } = useTranslation('shell')
  const heading = useId()
  const columns = useMessageColumns()
  const { params, put } = useUrlParams()
  const openId = parseId(params.get('message'))
  const setOpenId = (id: number | null) => put('message', id === null ? null : String(id))
  const cache = useQueryClient()
  const options = orpc.messages.list.infiniteOptions({
    ...pages,
    input: (cursor: string | undefined) => ({
      deliveryId,
      limit: pageSize,
      ...(cursor === undefined ? {} : { cursor }),
      ...(status === null ? {} : { status }),
    }),
    placeholderData: keepPreviousData,
    // Events report every change; until then nothing is stale.
    staleTime: Number.POSITIVE_INFINITY,
  })
  const query = useInfiniteQuery(options)
  const isBehind = query.isStale && (query.data?.pages.length ?? 0) > maxLivePages
  const count = query.data?.pages[0]?.count
  const openRow = query.data?.pages.flatMap((page) => page.items).find((message) => message.id === openId)
  return (
    <section aria-labelledby={heading}>
      <Group gap="sm" mb="xs">
        <Title order={2} id={heading}>
          {t('title')}
        </Title>
        <Select<MessageStatus>
          aria-label={t('status')}
          placeholder={t('anyStatus')}
          data={messageStatuses.map((each) => ({ value: each, label: shell(`status.message.${each}`) }))}
          value={status}
          onChange={onStatus}
          clearable
          w={190}
        />
        <span>{count === undefined ? null : t('shown', { count })}</span>
        <ExportMenu
          subject={{ kind: 'messages', deliveryId, ...(status === null ? {} : { status }) }}
          name={t('file', { delivery: deliveryId })}
          label={t('export')}
        />
        {isBehind ? (
          <Group gap="xs" ml="auto" role="status">
            <Text size="xs" c="dimmed">
              {t('long.text')}
            </Text>
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => void cache.resetQueries({ queryKey: options.queryKey, exact: true })}
            >
              {t('long.action')}
            </Button>
          </Group>
        ) : null}
      </Group>
      <div className={classes.table}>
        <DataTable
          label={t('title')}
          columns={columns}
          query={query}
          rowKey={(message) => message.id}
          onOpen={(message) => setOpenId(message.id)}
          empty={
            status === null ? (
              <EmptyState icon={IconMail} title={t('empty.title')}>
                {t('empty.text')}
              </EmptyState>
            ) : (
              <NothingFound
                title={t('nothingFound.title')}
                clear={t('nothingFound.clear')}
                onClear={() => onStatus(null)}
              >
                {t(`statusMeaning.${status}`)}
              </NothingFound>
            )
          }
        />
      </div>
      <MessageDrawer id={openId} row={openRow} onClose={() => setOpenId(null)} />
    </section>
  )
})
