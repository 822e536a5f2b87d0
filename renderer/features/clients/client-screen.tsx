import { Badge, Button, Group, Stack } from '@mantine/core'
import { IconBellOff, IconHistory, IconMail, IconPencil } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import type { Client } from '#shared/contract/clients.ts'
import type { Message } from '#shared/contract/messages.ts'
import { clientTextFields } from '#shared/domain/client-fields.ts'
import { formatPhone } from '#shared/domain/phone.ts'
import { isNotFound } from '../../api/errors.ts'
import { orpc, pageSize } from '../../api/queries.ts'
import { useFormat } from '../../components/format.ts'
import { Page } from '../../components/page.tsx'
import { Section } from '../../components/section.tsx'
import { EmptyState, QueryState } from '../../components/states.tsx'
import { MessageStatusBadge } from '../../components/status.tsx'
import { DataTable, pages } from '../../components/table/data-table.tsx'
import type { TableColumn } from '../../components/table/table-props.ts'
import { RelativeTime, ShortTime } from '../../components/time.tsx'
import { ClientDrawer } from './client-drawer.tsx'
import { ClientHistory, ClientRequests } from './client-history.tsx'
import classes from './clients.module.css'
import { useOpenedClient } from './use-opened-client.ts'

/** One client: their fields, messages and history. */
export function ClientScreen() {
  const { t } = useTranslation('clients')
  const id = Number(useParams().id)
  const query = useQuery(orpc.clients.get.queryOptions({ input: { id } }))
  const { opened, open, close } = useOpenedClient()
  const navigate = useNavigate()
  const back = { to: '/clients', label: t('page.back') }
  const client = query.data
  if (client === undefined || isNotFound(query.error)) {
    return (
      <Page title={t('page.title')} layout="wide" back={back}>
        {isNotFound(query.error) ? (
          <EmptyState icon={IconHistory} title={t('page.gone')}>
            {t('page.goneAdvice')}
          </EmptyState>
        ) : (
          <QueryState query={query} lines={12} />
        )}
      </Page>
    )
  }
  return (
    <Page
      title={client.name === '' ? formatPhone(client.phone) : client.name}
      layout="wide"
      back={back}
      aside={
        client.optedOutAt === null ? null : (
          <Badge color="yellow" variant="light" leftSection={<IconBellOff size={12} />}>
            {t('fields.optedOut')}
          </Badge>
        )
      }
      actions={
        <>
          <Button
            variant="default"
            component={Link}
            to={`/activity?client=${id}`}
            leftSection={<IconHistory size={16} />}
          >
            {t('page.journal')}
          </Button>
          <Button leftSection={<IconPencil size={16} />} onClick={() => open(client)}>
            {t('page.edit')}
          </Button>
        </>
      }
    >
      <Stack gap="md">
        <ClientFacts client={client} />
        <Messages clientId={id} />
        <div className={classes.stories}>
          <ClientHistory clientId={id} isBeingDeleted={false} frame={Section} />
          <ClientRequests clientId={id} isBeingDeleted={false} frame={Section} />
        </div>
      </Stack>
      <ClientDrawer
        client={opened}
        isBrief
        onClose={close}
        onDeleted={() => void navigate('/clients', { replace: true })}
      />
    </Page>
  )
}

function ClientFacts({ client }: { readonly client: Client }) {
  const { t } = useTranslation('clients')
  const format = useFormat()
  return (
    <Section title={t('page.known')}>
      <dl className={classes.facts}>
        <Fact name={t('fields.phone')}>{formatPhone(client.phone)}</Fact>
        {clientTextFields.map((field) =>
          field === 'name' || client[field] === '' ? null : (
            <Fact key={field} name={t(`fields.${field}`)}>
              {client[field]}
            </Fact>
          ),
        )}
        <Fact name={t('fields.tags')}>
          {client.tags.length === 0 ? (
            '—'
          ) : (
            <Group gap={4}>
              {client.tags.map((tag) => (
                <Link key={tag} className={classes.tag} to={`/clients?${new URLSearchParams({ tag })}`}>
                  {tag}
                </Link>
              ))}
            </Group>
          )}
        </Fact>
        {client.optedOutAt === null ? null : (
          <Fact name={t('fields.optedOut')}>{format.exactMoment(client.optedOutAt)}</Fact>
        )}
        <Fact name={t('fields.createdAt')}>{format.exactMoment(client.createdAt)}</Fact>
        <Fact name={t('page.updatedAt')}>{format.exactMoment(client.updatedAt)}</Fact>
        {Object.entries(client.attributes).map(([name, value]) => (
          <Fact key={name} name={name}>
            {value}
          </Fact>
        ))}
      </dl>
    </Section>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** The number of visible rows of a table inside a page; the rest scrolls. */
const shownRows = 8

/** The height of a table's header and its rows, with space for the empty state. */
function tableHeight(rows: number): string {
  return `max(10rem, calc(2.25rem + ${Math.min(rows, shownRows)} * 36px))`
}

/** Every message to the client, of any delivery; a row opens it. */
function Messages({ clientId }: { readonly clientId: number }) {
  const { t } = useTranslation('clients')
  const navigate = useNavigate()
  const columns = useClientMessageColumns()
  const query = useInfiniteQuery({
    ...orpc.messages.list.infiniteOptions({
      ...pages,
      input: (cursor: string | undefined) => ({ clientId, limit: pageSize, cursor }),
    }),
    placeholderData: keepPreviousData,
  })
  return (
    <Section title={t('page.messages')}>
      <div
        className={classes.messages}
        style={{ height: tableHeight(query.data?.pages[0]?.items.length ?? shownRows) }}
      >
        <DataTable
          label={t('page.messages')}
          query={query}
          columns={columns}
          rowKey={(message) => message.id}
          onOpen={(message) => void navigate(`/deliveries/${message.deliveryId}?message=${message.id}`)}
          empty={
            <EmptyState icon={IconMail} title={t('page.noMessages')}>
              {t('page.noMessagesAdvice')}
            </EmptyState>
          }
        />
      </div>
    </Section>
  )
}

function useClientMessageColumns(): readonly TableColumn<Message>[] {
  const { t } = useTranslation('clients')
  return useMemo(
    () => [
      { key: 'id', title: t('page.message'), width: '6rem', cell: ({ id }) => id },
      {
        key: 'delivery',
        title: t('page.delivery'),
        width: 'minmax(10rem, 1fr)',
        cell: ({ deliveryId }) => <DeliveryName id={deliveryId} />,
      },
      {
        key: 'status',
        title: t('page.status'),
        width: '10rem',
        cell: ({ status }) => <MessageStatusBadge status={status} />,
      },
      { key: 'attempts', title: t('page.attempts'), width: '6rem', align: 'end', cell: ({ attempts }) => attempts },
      {
        key: 'createdAt',
        title: t('page.queuedAt'),
        width: '10rem',
        cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
      },
      {
        key: 'sentAt',
        title: t('page.sentAt'),
        width: '10rem',
        cell: ({ sentAt }) => (sentAt === null ? '—' : <ShortTime at={sentAt} />),
      },
    ],
    [t],
  )
}

/** The delivery's name; its number until the name is loaded. */
function DeliveryName({ id }: { readonly id: number }) {
  const { t } = useTranslation('clients')
  const { data } = useQuery(orpc.deliveries.get.queryOptions({ input: { id } }))
  return data?.name ?? t('page.deliveryNumber', { id })
}
