import { ActionIcon, Menu } from '@mantine/core'
import { IconCopy, IconDots, IconFileTypePdf, IconHelpCircle, IconPencil } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Delivery } from '#shared/contract/deliveries.ts'
import { canEdit } from './available-commands.ts'
import type { DeliveryCommand } from './command-confirmations.ts'
import { commandIcons } from './command-icons.ts'

interface DeliveryMenuProps {
  readonly delivery: Delivery
  readonly label: string
  /** The menu's commands, in order. */
  readonly commands: readonly DeliveryCommand[]
  /** Whether the menu also links to the screens with more actions. */
  readonly offersLinks: boolean
  readonly onCommand: (command: DeliveryCommand) => void
  /** Saves the report; missing if there are no results yet. */
  readonly onReport?: (() => void) | undefined
}

/** A menu of a delivery's commands; irreversible ones are below a divider. */
export function DeliveryMenu({ delivery, label, commands, offersLinks, onCommand, onReport }: DeliveryMenuProps) {
  const { t } = useTranslation('deliveries')
  const gentle = commands.filter((command) => command !== 'cancel' && command !== 'delete')
  const final = commands.filter((command) => command === 'cancel' || command === 'delete')
  const { failed, uncertain } = delivery.messages.byStatus
  const showsEdit = offersLinks && canEdit(delivery)
  const showsSettling = offersLinks && uncertain > 0

  function item(command: DeliveryCommand) {
    const Icon = commandIcons[command]
    return (
      <Menu.Item
        key={command}
        leftSection={<Icon size={16} aria-hidden="true" />}
        {...(command === 'delete' ? { color: 'red' } : {})}
        onClick={() => onCommand(command)}
      >
        {t(`action.${command}`, { failed })}
      </Menu.Item>
    )
  }

  return (
    <Menu position="bottom-end" width="max-content" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={label} title={label}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown onClick={(event) => event.stopPropagation()}>
        {showsEdit ? (
          <Menu.Item
            component={Link}
            to={`/deliveries/${delivery.id}/edit`}
            leftSection={<IconPencil size={16} aria-hidden="true" />}
          >
            {t('action.edit')}
          </Menu.Item>
        ) : null}
        {gentle.map(item)}
        <Menu.Item
          component={Link}
          to={`/deliveries/new?from=${delivery.id}`}
          leftSection={<IconCopy size={16} aria-hidden="true" />}
        >
          {t('action.duplicate')}
        </Menu.Item>
        {onReport === undefined ? null : (
          <Menu.Item leftSection={<IconFileTypePdf size={16} aria-hidden="true" />} onClick={onReport}>
            {t('action.report')}
          </Menu.Item>
        )}
        {showsSettling ? (
          <Menu.Item
            component={Link}
            to={`/deliveries/${delivery.id}?status=uncertain`}
            leftSection={<IconHelpCircle size={16} aria-hidden="true" />}
          >
            {t('action.settle', { uncertain })}
          </Menu.Item>
        ) : null}
        {final.length > 0 ? <Menu.Divider /> : null}
        {final.map(item)}
      </Menu.Dropdown>
    </Menu>
  )
}
