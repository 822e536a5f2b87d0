import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Delivery } from '#shared/contract/deliveries.ts'
import { type ComposerProblems, draftProblems } from './composer-problems.ts'
import type { ComposerValues } from './composer-values.ts'
import { type SaveAction, useSaveDelivery } from './use-save-delivery.ts'

interface ComposerButtonsProps {
  readonly values: ComposerValues
  readonly delivery: Delivery | null
  readonly problems: ComposerProblems
  /** Whether a button was refused before, so that the number of problems is shown. */
  readonly isAttempted: boolean
  readonly onRefused: () => void
  /** Shows the error at its fields; returns false if it belongs to none. */
  readonly onError: (error: unknown) => boolean
  readonly onSaved: (delivery: Delivery) => void
}

/** The buttons that save the delivery as a draft or send it. */
export function ComposerButtons(props: ComposerButtonsProps) {
  const { values, delivery, problems, isAttempted, onRefused, onError, onSaved } = props
  const { t } = useTranslation('deliveries')
  const { save, pending } = useSaveDelivery(delivery, onError)
  const problemCount = Object.keys(problems).length

  async function press(action: SaveAction): Promise<void> {
    const blocking = action === 'draft' ? draftProblems(values, new Date()) : problems
    if (Object.keys(blocking).length > 0) {
      onRefused()
      return
    }
    const saved = await save(values, action)
    if (saved === null) return
    onSaved(saved)
  }

  const status = delivery?.status ?? 'draft'
  const sendAction: SaveAction = values.start === 'now' ? 'start' : 'schedule'
  // A scheduled delivery stays scheduled when it is saved; only starting it now needs a confirmation.
  const actions: readonly SaveAction[] =
    status === 'draft'
      ? ['draft', sendAction]
      : status === 'scheduled' && values.start === 'now'
        ? ['start']
        : ['changes']

  return (
    <div>
      <Group gap="sm">
        {[...actions].reverse().map((action, index) => (
          <Button
            key={action}
            variant={index === 0 ? 'filled' : 'default'}
            loading={pending === action}
            disabled={pending !== null && pending !== action}
            onClick={() => void press(action)}
          >
            {t(`composer.submit.${action}`)}
          </Button>
        ))}
      </Group>
      {isAttempted && problemCount > 0 ? (
        <Text size="sm" c="var(--mantine-color-error)" mt="xs" role="alert">
          {t('composer.submit.mend', { count: problemCount })}
        </Text>
      ) : null}
    </div>
  )
}
