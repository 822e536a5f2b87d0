import { Group, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Attempt, Message } from '#shared/contract/messages.ts'
import { useFormat } from '../../../components/format.ts'
import { errorDetail } from './error-detail.ts'
import classes from './message-drawer.module.css'

interface AttemptListProps {
  readonly message: Message & { readonly history: readonly Attempt[] }
}

/** What each request met with, the latest first. */
export function AttemptList({ message: { status, attempts, history } }: AttemptListProps) {
  const { t } = useTranslation('messages')
  const { t: deliveries } = useTranslation('deliveries')
  const format = useFormat()
  return (
    <section>
      <Title order={3} mb="xs">
        {t('drawer.history')}
      </Title>
      {history.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t(historyWords(status, attempts))}
        </Text>
      ) : (
        <ol className={classes.attempts}>
          {history.toReversed().map((attempt) => (
            <li key={`${attempt.number} ${attempt.startedAt}`}>
              <Group justify="space-between" wrap="nowrap" gap="sm">
                <Text size="sm" fw={600}>
                  {attempt.error === null ? t('drawer.accepted') : t(`error.${attempt.error.code}`)}
                </Text>
                <Text size="xs" c="dimmed">
                  {format.exactMoment(attempt.startedAt)}
                </Text>
              </Group>
              <Text size="xs" c="dimmed">
                {[
                  t('drawer.attempt', { number: attempt.number }),
                  attempt.httpStatus === null ? t('drawer.noAnswer') : t('drawer.http', { status: attempt.httpStatus }),
                  format.duration(attempt.durationMs),
                ].join(' · ')}
              </Text>
              <Words>{attempt.error === null ? attempt.answer : errorDetail(attempt.error, deliveries)}</Words>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

/** The gateway's own, where it had any. */
function Words({ children }: { readonly children: string | null }) {
  return children === null || children === '' ? null : <div className={classes.words}>{children}</div>
}

/** What is said where no attempt went wrong. An accepted one counts, so that one sent without any was marked by hand. */
function historyWords(status: Message['status'], attempts: number) {
  if (status !== 'sent') return 'drawer.historyNone'
  return attempts === 0 ? 'drawer.historyMarked' : 'drawer.historySent'
}
