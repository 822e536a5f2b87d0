import { type RefObject, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { type Location, useBlocker } from 'react-router'
import { useConfirm } from './confirm.tsx'

interface LeaveGuardProps {
  /** Set to true, it lets one go without a question. */
  readonly isFree?: RefObject<boolean>
  /** Whether a way leads away from what was written; to another screen unless given. */
  readonly leaves?: (from: Location, to: Location) => boolean
}

const toAnotherScreen = (from: Location, to: Location): boolean => from.pathname !== to.pathname

/**
 * Asks before what was written is lost by going elsewhere. To be drawn only while there is something to lose: the router
 * cannot stop an address typed by hand, and complains of it wherever a guard stands.
 */
export function LeaveGuard({ isFree, leaves = toAnotherScreen }: LeaveGuardProps) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isFree?.current !== true && leaves(currentLocation, nextLocation),
  )
  const { state } = blocker

  // biome-ignore lint/correctness/useExhaustiveDependencies: one question each time the way is blocked
  useEffect(() => {
    if (state !== 'blocked') return
    void confirm({
      title: t('leave.title'),
      consequence: t('leave.text'),
      action: t('leave.action'),
      danger: true,
    }).then((goes) => (goes ? blocker.proceed?.() : blocker.reset?.()))
  }, [state])

  return null
}
