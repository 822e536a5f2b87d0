import { Group, Input, Tooltip, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './webhook.module.css'

/** What a template may say, by the key of its explanation. */
const words = {
  messageId: '{{ message.id }}',
  phone: '{{ message.phone }}',
  text: '{{ message.text }}',
  clientName: '{{ client.name }}',
  attribute: '{{ client.city }}',
  deliveryId: '{{ delivery.id }}',
  deliveryName: '{{ delivery.name }}',
  token: '{{ token }}',
} as const

const keys = ['messageId', 'phone', 'text', 'clientName', 'attribute', 'deliveryId', 'deliveryName', 'token'] as const

/** Everything that a template of the request may hold; a click puts it where the cursor was last. */
export function TemplateVariables({ onInsert }: { readonly onInsert: (piece: string) => void }) {
  const { t } = useTranslation('settings')
  return (
    <Input.Wrapper label={t('webhook.words.label')} labelElement="div" description={t('webhook.words.hint')}>
      <Group gap={6} mt={6}>
        {keys.map((key) => (
          <Tooltip key={key} label={t(`webhook.words.${key}`)}>
            <UnstyledButton
              type="button"
              className={classes.word}
              // The field keeps its cursor.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onInsert(words[key])}
            >
              {words[key]}
            </UnstyledButton>
          </Tooltip>
        ))}
      </Group>
    </Input.Wrapper>
  )
}
