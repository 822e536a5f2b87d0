import { Checkbox, Group, Input, NumberInput, SegmentedControl, SimpleGrid, Text } from '@mantine/core'
import dayjs from 'dayjs'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { machineTimeZone } from '#shared/domain/time-zone.ts'
import { CalendarLanguage } from '../../../components/calendar-language.tsx'
import { useFormat } from '../../../components/format.ts'
import { Section } from '../../../components/section.tsx'
import { maxRatePerSecond } from './composer-problems.ts'
import { type ComposerValues, type Schedule, toLocalMoment } from './composer-values.ts'
import { HoursFields } from './hours-fields.tsx'
import { MomentPicker } from './moment-picker.tsx'
import { ReachNote } from './reach-note.tsx'
import type { ReachAnswer } from './use-reach.ts'

interface ScheduleSectionProps {
  readonly values: ComposerValues
  readonly onChange: (part: Partial<ComposerValues>) => void
  /** The start and end that the fields mean now; null while one is missing. */
  readonly schedule: Schedule | null
  readonly reach: ReachAnswer
  /** When the delivery started; null if it has not, so that its start can still change. */
  readonly startedAt: string | null
  readonly errorOf: (field: string) => string | undefined
}

/** When the delivery goes out, during which hours, and how fast. */
export function ScheduleSection(props: ScheduleSectionProps) {
  const { values, onChange, schedule, reach, errorOf } = props
  const { t } = useTranslation('deliveries')
  const format = useFormat()
  const defaultEnd =
    schedule === null
      ? t('composer.schedule.endPlaceholderUnknown')
      : t('composer.schedule.endPlaceholder', { moment: format.moment(schedule.endsAt) })
  return (
    <CalendarLanguage>
      <Section title={t('composer.schedule.title')} look="row">
        <StartField {...props} />
        <MomentPicker
          label={t('composer.schedule.endsAt')}
          description={t('composer.schedule.endDescription')}
          value={values.endsAt}
          onChange={(endsAt) => onChange({ endsAt })}
          placeholder={defaultEnd}
          clearLabel={t('composer.schedule.endClear')}
          error={errorOf('endsAt')}
        />
        <Text size="xs" c="dimmed">
          {t('composer.schedule.zone', { zone: machineTimeZone() })}
        </Text>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg" mt="xs">
          <div>
            <Checkbox
              label={t('composer.schedule.hours')}
              description={t('composer.schedule.hoursDescription')}
              checked={values.limitsHours}
              onChange={(event) => onChange({ limitsHours: event.currentTarget.checked })}
            />
            {values.limitsHours ? <HoursFields values={values} onChange={onChange} error={errorOf('window')} /> : null}
          </div>
          <NumberInput
            label={t('composer.schedule.rate')}
            description={t('composer.schedule.rateDescription')}
            placeholder={t('composer.schedule.ratePlaceholder')}
            value={values.ratePerSecond}
            onChange={(value) => onChange({ ratePerSecond: typeof value === 'number' ? value : '' })}
            error={errorOf('ratePerSecond')}
            min={1}
            max={maxRatePerSecond}
            clampBehavior="none"
            allowDecimal={false}
            allowNegative={false}
            thousandSeparator=" "
            maw={280}
          />
        </SimpleGrid>
        <ReachNote answer={reach} />
      </Section>
    </CalendarLanguage>
  )
}

/** Now or later, and when; only the moment of the start after the delivery has started. */
function StartField({ values, onChange, startedAt, errorOf }: ScheduleSectionProps) {
  const { t } = useTranslation('deliveries')
  const format = useFormat()
  const labelId = useId()
  return (
    <Input.Wrapper
      label={t('composer.schedule.start')}
      labelElement="div"
      labelProps={{ id: labelId }}
      description={
        startedAt === null ? undefined : t('composer.schedule.startLocked', { moment: format.moment(startedAt) })
      }
    >
      {startedAt === null ? (
        <Group gap="sm" mt={4} align="start">
          <SegmentedControl
            size="sm"
            aria-labelledby={labelId}
            value={values.start}
            onChange={(start) => onChange({ start, startsAt: values.startsAt ?? inAnHour() })}
            data={[
              { value: 'now', label: t('composer.schedule.startNow') },
              { value: 'later', label: t('composer.schedule.startLater') },
            ]}
          />
          {values.start === 'now' ? null : (
            <MomentPicker
              label={t('composer.schedule.startsAt')}
              value={values.startsAt}
              onChange={(startsAt) => onChange({ startsAt })}
              placeholder={t('composer.schedule.startsAt')}
              error={errorOf('startsAt')}
              hidesLabel
            />
          )}
        </Group>
      ) : null}
    </Input.Wrapper>
  )
}

/** The default of a later start, so that choosing "later" never leaves an empty field. */
function inAnHour(): string {
  return toLocalMoment(dayjs().add(1, 'hour').startOf('minute').toDate())
}
