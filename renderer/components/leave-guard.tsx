import { type RefObject, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { type Location, useBlocker } from 'react-router'
import { useConfirm } from './confirm.tsx'

interface LeaveGuardProps {
  /** If set to true, the user may leave without a confirmation. */
  readonly mayLeave?: RefObject<boolean>
  /** Whether a navigation leaves the unsaved input; by default, one to another path. */
  readonly isLeaving?: (from: Location, to: Location) => boolean
}

const toAnotherPath = (from: Location, to: Location): boolean => from.pathname !== to.pathname

/**
 * Asks before a navigation loses unsaved input. Render it only while there is unsaved input: the router cannot block a
 * typed URL and warns wherever a blocker is mounted.
 */
export function LeaveGuard({ mayLeave, isLeaving = toAnotherPath }: LeaveGuardProps) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => mayLeave?.current !== true && isLeaving(currentLocation, nextLocation),
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
    }).then((leaves) => (leaves ? blocker.proceed?.() : blocker.reset?.()))
  }, [state])

  return null
}
