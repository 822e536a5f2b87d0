import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Client } from '#shared/contract/clients.ts'
import { describeError } from '../../api/errors.ts'
import { orpc } from '../../api/queries.ts'
import { showProblem } from '../../components/notice.ts'
import { setParam, useUrlParams } from '../../components/use-url-params.ts'

const name = 'client'

/** Which client's drawer is open, kept in the URL: a link opens it and the back button closes it. */
export function useOpenedClient() {
  const { params, change } = useUrlParams()
  const cache = useQueryClient()
  const value = params.get(name)
  const id = value !== null && /^[1-9]\d*$/.test(value) ? Number(value) : null
  const { t } = useTranslation()
  const { data, error, isFetching } = useQuery(
    orpc.clients.get.queryOptions({ input: id === null ? skipToken : { id } }),
  )

  // The form starts with the client as it was when opened. Only the user's changes are saved, even if others change
  // meanwhile.
  const [openedClient, setOpenedClient] = useState<Client | null>(null)
  if (id === null && openedClient !== null) setOpenedClient(null)
  if (id !== null && openedClient?.id !== id && data !== undefined && !isFetching) setOpenedClient(data)

  function put(next: string | null, replace: boolean): void {
    change((address) => setParam(address, name, next), replace)
  }

  // The client of an old link may be deleted.
  const isGone = error !== null && data === undefined
  useEffect(() => {
    if (isGone) showProblem(describeError(error, t))
  }, [isGone, error, t])

  return {
    opened: value === 'new' ? ('new' as const) : openedClient?.id === id ? openedClient : null,
    open(client: Client | 'new'): void {
      // Shows what the list knows at once; newer data follows automatically.
      if (client !== 'new') cache.setQueryData(orpc.clients.get.queryKey({ input: { id: client.id } }), client)
      put(client === 'new' ? 'new' : String(client.id), false)
    },
    close: () => put(null, true),
  }
}
