import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../components/format.ts'
import { type Uncertain, useSettling } from './use-settling.tsx'

/** The ways to settle uncertain messages, and why sending again is not one of them where it is not. */
export function SettlingButtons(uncertain: Uncertain) {
  const { t } = useTranslation('deliveries')
  const format = useFormat()
  const { settle, underWay } = useSettling(uncertain)
  const { delivery, count, settling } = uncertain
  const ways = count === 1 ? 'one' : 'all'
  return (
    <>
      {settling.blocker === null ? null : (
        <Text size="sm" mt="xs">
          {t(`settling.bar.${settling.blocker}`, { end: format.moment(delivery.endsAt) })}
        </Text>
      )}
      <Group gap="xs" mt="sm">
        {settling.resolutions.map((resolution) => (
          <Button
            key={resolution}
            variant="default"
            loading={underWay === resolution}
            disabled={underWay !== null}
            onClick={() => void settle(resolution)}
          >
            {t(`settling.${ways}.${resolution}`)}
          </Button>
        ))}
      </Group>
    </>
  )
}
