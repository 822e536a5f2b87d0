import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../components/format.ts'
import { type Uncertain, useResolveUncertain } from './use-resolve-uncertain.ts'

/** The ways to resolve uncertain messages, and why sending again is not one of them if it is not. */
export function ResolveButtons(uncertain: Uncertain) {
  const { t } = useTranslation('deliveries')
  const format = useFormat()
  const { resolve, pending } = useResolveUncertain(uncertain)
  const { delivery, count, resolveOptions } = uncertain
  const { blocker, resolutions } = resolveOptions
  const subject = count === 1 ? 'one' : 'all'
  return (
    <>
      {blocker === null ? null : (
        <Text size="sm" mt="xs">
          {t(`settling.bar.${blocker}`, { end: format.moment(delivery.endsAt) })}
        </Text>
      )}
      <Group gap="xs" mt="sm">
        {resolutions.map((resolution) => (
          <Button
            key={resolution}
            variant="default"
            loading={pending === resolution}
            disabled={pending !== null}
            onClick={() => void resolve(resolution)}
          >
            {t(`settling.${subject}.${resolution}`)}
          </Button>
        ))}
      </Group>
    </>
  )
}
