import { IconClockCheck, IconClockExclamation, IconClockX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { assertNever } from '#shared/domain/assert-never.ts'
import { useFormat } from '../../../components/format.ts'
import { Note } from '../../../components/note.tsx'
import { describeMoments, reachLevelOf } from './reach-text.ts'
import type { ReachAnswer } from './use-reach.ts'

/** How many clients the hours exclude before the end, and when the first and the last of the others can be reached. */
export function ReachNote({ answer }: { readonly answer: ReachAnswer }) {
  const { t } = useTranslation('deliveries')
  const format = useFormat()
  const { reach, isCounting } = answer
  const reached = reach === null ? null : reachLevelOf(reach)
  if (reach === null || reached === null) return null
  const moments = describeMoments(reach, t, format)
  const shared = { role: 'status', isStale: isCounting } as const
  switch (reached) {
    case 'everybody':
      return (
        <Note {...shared} tone="neutral" icon={IconClockCheck} title={t('composer.reach.everybody')}>
          {moments}
        </Note>
      )
    case 'some':
      return (
        <Note
          {...shared}
          tone="warning"
          icon={IconClockExclamation}
          title={t('composer.reach.some', { count: reach.unreachable })}
        >
          {t('composer.reach.someText')} {moments}
        </Note>
      )
    case 'nobody':
      return (
        <Note {...shared} tone="bad" icon={IconClockX} title={t('composer.reach.nobody')}>
          {t('composer.reach.nobodyText')}
        </Note>
      )
    default:
      return assertNever(reached)
  }
}
