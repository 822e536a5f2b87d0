import { Box } from '@mantine/core'
import { IconHelpCircle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Message } from '#shared/contract/messages.ts'
import { orpc } from '../../../api/queries.ts'
import { Note } from '../../../components/note.tsx'
import { useNow } from '../../../components/time.tsx'
import { resolveOptionsAt } from '../follow-up.ts'
import { ResolveButtons } from '../resolve/resolve-buttons.tsx'

/** Lets the user resolve one uncertain message. */
export function UncertainMessage({ message }: { readonly message: Message }) {
  const { t } = useTranslation('deliveries')
  const now = useNow()
  const { data: delivery } = useQuery(orpc.deliveries.get.queryOptions({ input: { id: message.deliveryId } }))
  if (delivery === undefined) return null
  return (
    <Box mb="lg">
      <Note tone="warning" icon={IconHelpCircle} title={t('settling.titleOne')}>
        {t('settling.textOne')}
        <ResolveButtons
          delivery={delivery}
          messageId={message.id}
          count={1}
          resolveOptions={resolveOptionsAt(delivery, now, message.clientId)}
        />
      </Note>
    </Box>
  )
}
