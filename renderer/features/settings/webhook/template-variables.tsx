import { Group, Input, Tooltip, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './webhook.module.css'

/** Example placeholders, by the key of their explanation. */
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

/** Every placeholder of a request template; a click inserts it at the cursor. */
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
