import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useBlocker } from 'react-router'
import { useConfirm } from '../../../components/confirm.tsx'

/** Asks before what was written is lost by going elsewhere. The returned function lets one go without a question. */
export function useLeaveGuard(isDirty: boolean): () => void {
  const { t } = useTranslation('deliveries')
  const confirm = useConfirm()
  const isFree = useRef(false)
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      isDirty && !isFree.current && currentLocation.pathname !== nextLocation.pathname,
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

  return () => {
    isFree.current = true
  }
}
