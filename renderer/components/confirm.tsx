import { Text } from '@mantine/core'
import { useModals } from '@mantine/modals'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

export interface Question {
  readonly title: string
  /** What will happen, and what will not. */
  readonly consequence: ReactNode
  /** The verb on the button: what is being confirmed, never "OK". */
  readonly action: string
  /** The words on the button that leaves everything as it is, where “back” could be taken for the action. */
  readonly leave?: string
  readonly danger?: boolean
}

/** Whether a question stands before everything else: keys are for it alone, and what lies beneath does not close. */
export function useIsAsked(): boolean {
  const isAsked = useModals().modals.length > 0
  const [isHeard, setIsHeard] = useState(isAsked)
  useEffect(() => {
    if (isAsked) return setIsHeard(true)
    // The key that ends a question reaches what lies beneath in the same turn, when the question is gone already.
    const timer = setTimeout(() => setIsHeard(false))
    return () => clearTimeout(timer)
  }, [isAsked])
  return isAsked || isHeard
}

/** Asks before something that cannot be taken back; resolves to whether the operator wants it. */
export function useConfirm(): (question: Question) => Promise<boolean> {
  const modals = useModals()
  const { t } = useTranslation()
  return (question) =>
    new Promise((resolve) => {
      modals.openConfirmModal({
        title: question.title,
        closeButtonProps: { 'aria-label': t('actions.close') },
        children: (
          <Text size="sm" component="div">
            {question.consequence}
          </Text>
        ),
        labels: { confirm: question.action, cancel: question.leave ?? t('actions.back') },
        // Enter pressed in passing must not destroy anything.
        confirmProps: question.danger === true ? { color: 'red' } : { 'data-autofocus': true },
        cancelProps: question.danger === true ? { 'data-autofocus': true } : {},
        onConfirm: () => resolve(true),
        // Closing comes after confirming as well, when the answer is already given.
        onClose: () => resolve(false),
      })
    })
}
