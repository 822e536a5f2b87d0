import { type RefObject, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useBlocker } from 'react-router'
import { useConfirm } from '../../../components/confirm.tsx'

interface LeaveGuardProps {
  /** Set to true, it lets one go without a question. */
  readonly isFree: RefObject<boolean>
}

/**
 * Asks before what was written is lost by going elsewhere. To be drawn only while there is something to lose: the router
 * cannot stop an address typed by hand, and complains of it wherever a guard stands.
 */
export function LeaveGuard({ isFree }: LeaveGuardProps) {
  const { t } = useTranslation('deliveries')
  const confirm = useConfirm()
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => !isFree.current && currentLocation.pathname !== nextLocation.pathname,
  )
  const { state } = blocker

  // biome-ignore lint/correctness/useExhaustiveDependencies: one question each time the way is blocked
  useEffect(() => {
    if (state !== 'blocked') return
    void confirm({
      title: t('composer.leave.title'),
      consequence: t('composer.leave.text'),
      action: t('composer.leave.action'),
      danger: true,
    }).then((leaves) => (leaves ? blocker.proceed?.() : blocker.reset?.()))
  }, [state])

  return null
}
