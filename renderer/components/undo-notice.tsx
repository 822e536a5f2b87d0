import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { closeButton, showDone } from './notice.ts'

/** Long enough to read what was done and to notice a mistake. */
const undoMs = 15_000

/** Notifies the user that something was done; offers to undo it if that is possible. */
export function showUndoable(message: string, undo: (() => void) | null): void {
  if (undo === null) return showDone(message)
  const id = notifications.show({
    message: (
      <Group gap="sm" wrap="nowrap" justify="space-between">
        <Text size="sm" span>
          {message}
        </Text>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            notifications.hide(id)
            undo()
          }}
        >
          {i18next.t('actions.undo')}
        </Button>
      </Group>
    ),
    color: 'green',
    autoClose: undoMs,
    closeButtonProps: closeButton(),
  })
}
