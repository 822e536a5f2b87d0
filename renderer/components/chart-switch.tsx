import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useAddress } from './use-address.ts'

export type ShownAs = 'chart' | 'table'

/** Whether a chart is drawn or stands there in numbers; kept in the address under `name`. */
export function useShownAs(name: string): readonly [ShownAs, (as: ShownAs) => void] {
  const { params, put } = useAddress()
  return [params.get(name) === 'table' ? 'table' : 'chart', (as) => put(name, as === 'table' ? as : null)]
}

interface ChartSwitchProps {
  readonly shown: ShownAs
  onChoose(as: ShownAs): void
}

/** Every chart is a table too. */
export function ChartSwitch({ shown, onChoose }: ChartSwitchProps) {
  const { t } = useTranslation()
  return (
    <SegmentedControl
      aria-label={t('shownAs.label')}
      size="xs"
      value={shown}
      data={(['chart', 'table'] as const).map((value) => ({ value, label: t(`shownAs.${value}`) }))}
      onChange={onChoose}
    />
  )
}
