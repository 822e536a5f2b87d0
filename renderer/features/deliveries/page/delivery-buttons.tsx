import { Button } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { Delivery } from '#shared/contract/deliveries.ts'
import { useNow } from '../../../components/time.tsx'
import { availableCommands, canEdit } from '../available-commands.ts'
import type { DeliveryCommand } from '../command-confirmations.ts'
import { commandIcons } from '../command-icons.ts'
import { DeliveryMenu } from '../delivery-menu.tsx'
import { useDeliveryCommands } from '../use-delivery-commands.tsx'
import { saveDeliveryReport } from './delivery-report.ts'

/** Only commands that make a delivery run are highlighted. */
const highlighted: readonly DeliveryCommand[] = ['start', 'schedule', 'resume']

/** The next commands as buttons; the ones that end the delivery are in the menu. */
export function DeliveryButtons({ delivery }: { readonly delivery: Delivery }) {
  const { t } = useTranslation('deliveries')
  const navigate = useNavigate()
  const { run, pending } = useDeliveryCommands()
  const commands = availableCommands(delivery, useNow())
  const steps = commands.filter((command) => command !== 'cancel' && command !== 'delete')
  const primary = delivery.status === 'scheduled' ? undefined : steps.find((step) => highlighted.includes(step))

  async function press(command: DeliveryCommand): Promise<void> {
    if ((await run(command, delivery)) && command === 'delete') await navigate('/deliveries')
  }

  return (
    <>
      {canEdit(delivery) ? (
        <Button
          component={Link}
          to={`/deliveries/${delivery.id}/edit`}
          variant="default"
          leftSection={<IconPencil size={16} aria-hidden="true" />}
        >
          {t('action.edit')}
        </Button>
      ) : null}
      {[...steps].reverse().map((step) => {
        const Icon = commandIcons[step]
        return (
          <Button
            key={step}
            variant={step === primary ? 'filled' : 'default'}
            leftSection={<Icon size={16} aria-hidden="true" />}
            loading={pending === step}
            disabled={pending !== null}
            onClick={() => void press(step)}
          >
            {t(`action.${step}`, { failed: delivery.messages.byStatus.failed })}
          </Button>
        )
      })}
      <DeliveryMenu
        delivery={delivery}
        label={t('action.more')}
        commands={commands.filter((command) => command === 'cancel' || command === 'delete')}
        offersLinks={false}
        onCommand={(command) => void press(command)}
        onReport={delivery.messages.total === 0 ? undefined : () => void saveDeliveryReport(delivery.id)}
      />
    </>
  )
}
