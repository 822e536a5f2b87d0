import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useUrlParams } from './use-url-params.ts'

export type ChartView = 'chart' | 'table'

/** Whether a chart is shown as a chart or as a table; kept in the URL under `name`. */
export function useChartView(name: string): readonly [ChartView, (as: ChartView) => void] {
  const { params, put } = useUrlParams()
  return [params.get(name) === 'table' ? 'table' : 'chart', (as) => put(name, as === 'table' ? as : null)]
}

interface ChartSwitchProps {
  readonly shown: ChartView
  onChoose(as: ChartView): void
}

/** Switches between a chart and its table. */
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
