import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import i18next from 'i18next'

/** Long enough to read what was done, and to see that it was wrong. */
const undoMs = 15_000

/** Says in passing that something was done, with the way back where there is one. */
export function showUndoable(message: string, undo: (() => void) | null): void {
  const id = notifications.show({
    message: (
      <Group gap="sm" wrap="nowrap" justify="space-between">
        <Text size="sm" span>
          {message}
        </Text>
        {undo === null ? null : (
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
        )}
      </Group>
    ),
    color: 'green',
    autoClose: undo === null ? 4000 : undoMs,
    closeButtonProps: { 'aria-label': i18next.t('actions.close') },
  })
}
