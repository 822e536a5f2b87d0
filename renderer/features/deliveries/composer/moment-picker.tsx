import { DateTimePicker } from '@mantine/dates'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import { useCalendarNames } from '../../../components/calendar-language.tsx'
import { useFormat } from '../../../components/format.ts'
import { useNow } from '../../../components/time.tsx'
import { fromLocalMoment, toLocalMoment } from './composer-values.ts'

/** The start of a working day, for the presets. */
const morning = '10:00:00'

interface MomentPickerProps {
  readonly label: string
  readonly hidesLabel?: boolean
  readonly description?: string
  readonly value: string | null
  readonly onChange: (value: string | null) => void
  readonly placeholder: string
  /** If set, the field can be cleared, and this is the label of the button. */
  readonly clearLabel?: string
  readonly error: string | undefined
}

/** A picker of date and time in the machine's zone. */
export function MomentPicker({ label, hidesLabel = false, clearLabel, ...field }: MomentPickerProps) {
  const { t } = useTranslation('deliveries')
  const format = useFormat()
  const now = dayjs(useNow())
  const nextMonday = now.add((8 - now.day()) % 7 || 7, 'day')
  const at = (day: dayjs.Dayjs) => `${day.format('YYYY-MM-DD')} ${morning}`
  const clock = format.clock(new Date(2000, 0, 1, Number.parseInt(morning, 10)))
  const momentOf = (moment: string): string => {
    const date = fromLocalMoment(moment)
    return date === null ? '' : format.moment(date)
  }
  const shown = field.value === null ? '' : momentOf(field.value)
  return (
    <DateTimePicker
      {...useCalendarNames()}
      {...(hidesLabel ? { 'aria-label': shown === '' ? label : `${label}: ${shown}` } : { label })}
      description={field.description}
      placeholder={field.placeholder}
      value={field.value}
      onChange={field.onChange}
      error={field.error}
      valueFormat={momentOf}
      minDate={now.format('YYYY-MM-DD')}
      defaultTimeValue={morning}
      clearable={clearLabel !== undefined}
      clearButtonProps={{ 'aria-label': clearLabel }}
      presets={[
        {
          value: toLocalMoment(now.add(1, 'hour').startOf('minute').toDate()),
          label: t('composer.schedule.presetHour'),
        },
        { value: at(now.add(1, 'day')), label: t('composer.schedule.presetTomorrow', { time: clock }) },
        { value: at(nextMonday), label: t('composer.schedule.presetMonday', { time: clock }) },
      ]}
      submitButtonProps={{ 'aria-label': t('composer.schedule.apply') }}
      w={400}
      maw="100%"
    />
  )
}
