import { Stack, Text } from '@mantine/core'
import { useModals } from '@mantine/modals'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** What a confirmation dialog says. */
export interface Confirmation {
  readonly title: string
  /** What will happen and what will not, in one paragraph or several. */
  readonly consequence: string | readonly string[]
  /** The label of the confirming button: a verb, never "OK". Without it the dialog can only be closed. */
  readonly action?: string
  /** The label of the cancel button, if "Back" could be taken for the action. */
  readonly cancel?: string
  readonly danger?: boolean
}

/** Whether a confirmation dialog is open. While it is, keys belong to it alone and nothing below it closes. */
export function useIsConfirming(): boolean {
  const isOpen = useModals().modals.length > 0
  const [holdsKeys, setHoldsKeys] = useState(isOpen)
  useEffect(() => {
    if (isOpen) return setHoldsKeys(true)
    // The key that closes a dialog reaches what is below it in the same task, after the dialog is gone.
    const timer = setTimeout(() => setHoldsKeys(false))
    return () => clearTimeout(timer)
  }, [isOpen])
  return isOpen || holdsKeys
}

/** Opens a confirmation dialog. Resolves to true if the user confirms, false if they cancel or close it. */
export function useConfirm(): (confirmation: Confirmation) => Promise<boolean> {
  const modals = useModals()
  const { t } = useTranslation()
  return ({ title, consequence, action, cancel, danger = false }) =>
    new Promise((resolve) => {
      modals.openConfirmModal({
        title,
        closeButtonProps: { 'aria-label': t('actions.close') },
        children: (
          <Text size="sm" component="div">
            {typeof consequence === 'string' ? consequence : <Paragraphs texts={consequence} />}
          </Text>
        ),
        labels: {
          confirm: action ?? '',
          cancel: cancel ?? t(action === undefined ? 'actions.close' : 'actions.back'),
        },
        ...buttonProps(action !== undefined, danger),
        onConfirm: () => resolve(true),
        // Also called after onConfirm, when the promise is already resolved.
        onClose: () => resolve(false),
      })
    })
}

/** Which button is shown and focused. An accidental Enter must not destroy anything. */
function buttonProps(canConfirm: boolean, danger: boolean) {
  const focused = { 'data-autofocus': true }
  if (!canConfirm) return { confirmProps: { display: 'none' }, cancelProps: focused }
  return danger ? { confirmProps: { color: 'red' }, cancelProps: focused } : { confirmProps: focused }
}

function Paragraphs({ texts }: { readonly texts: readonly string[] }) {
  return (
    <Stack gap="xs">
      {texts.map((text) => (
        <Text key={text} size="sm">
          {text}
        </Text>
      ))}
    </Stack>
  )
}
