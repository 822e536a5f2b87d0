import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Delivery } from '#shared/contract/deliveries.ts'
import { type ComposerProblems, draftProblems } from './composer-problems.ts'
import type { ComposerValues } from './composer-values.ts'
import { type Ending, useSaveDelivery } from './use-save-delivery.ts'

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
  const open = Object.keys(problems).length

  async function press(ending: Ending): Promise<void> {
    const blocking = ending === 'draft' ? draftProblems(values, new Date()) : problems
    if (Object.keys(blocking).length > 0) {
      onRefused()
      return
    }
    const saved = await save(values, ending)
    if (saved === null) return
    onSaved(saved)
  }

  const status = delivery?.status ?? 'draft'
  const goesOut: Ending = values.start === 'now' ? 'start' : 'schedule'
  // A scheduled delivery stays scheduled when it is saved; only starting it now needs a confirmation.
  const endings: readonly Ending[] =
    status === 'draft' ? ['draft', goesOut] : status === 'scheduled' && values.start === 'now' ? ['start'] : ['changes']

  return (
    <div>
      <Group gap="sm">
        {[...endings].reverse().map((ending, index) => (
          <Button
            key={ending}
            variant={index === 0 ? 'filled' : 'default'}
            loading={pending === ending}
            disabled={pending !== null && pending !== ending}
            onClick={() => void press(ending)}
          >
            {t(`composer.submit.${ending}`)}
          </Button>
        ))}
      </Group>
      {isAttempted && open > 0 ? (
        <Text size="sm" c="var(--mantine-color-error)" mt="xs" role="alert">
          {t('composer.submit.mend', { count: open })}
        </Text>
      ) : null}
    </div>
  )
}
