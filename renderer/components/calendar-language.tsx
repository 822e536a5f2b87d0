import '@mantine/dates/styles.layer.css'
import './calendar.css'
import { DatesProvider } from '@mantine/dates'
import dayjs from 'dayjs'
import { type ReactNode, useId, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from './format.ts'

/** Calendars inside use the console's language. */
export function CalendarLanguage({ children }: { readonly children: ReactNode }) {
  const { language } = useTranslation().i18n
  // The names must be registered before a calendar reads them.
  const locale = useMemo(() => registerLocale(language), [language])
  return <DatesProvider settings={{ locale, firstDayOfWeek: 1 }}>{children}</DatesProvider>
}

/** The accessible names of a date picker's buttons and of its popover. */
export function useCalendarNames() {
  const { t } = useTranslation()
  const format = useFormat()
  const id = useId()
  return {
    // The popover has the name of the field.
    id,
    popoverProps: { id },
    // The registered months have only the form without a day, which is wrong in Russian beside one.
    getDayAriaLabel: (day: string) => format.fullDay(day),
    ariaLabels: {
      previousMonth: t('calendar.previousMonth'),
      nextMonth: t('calendar.nextMonth'),
      previousYear: t('calendar.previousYear'),
      nextYear: t('calendar.nextYear'),
      previousDecade: t('calendar.previousDecade'),
      nextDecade: t('calendar.nextDecade'),
    },
  }
}

/** Registers the platform's names of months and weekdays with dayjs. Returns the name of the registered locale. */
function registerLocale(language: string): string {
  const months = (length: 'long' | 'short') => {
    const names = new Intl.DateTimeFormat(language, { month: length, timeZone: 'UTC' })
    return Array.from({ length: 12 }, (_, month) => names.format(Date.UTC(2023, month, 1)))
  }
  const weekdays = (length: 'long' | 'short') => {
    const names = new Intl.DateTimeFormat(language, { weekday: length, timeZone: 'UTC' })
    // January 1, 2023 was a Sunday, the first day for dayjs.
    return Array.from({ length: 7 }, (_, day) => names.format(Date.UTC(2023, 0, day + 1)))
  }
  // dayjs accepts only lower-case names.
  const name = `herald-${language.toLowerCase()}`
  const locale = {
    name,
    months: months('long'),
    monthsShort: months('short'),
    weekdays: weekdays('long'),
    weekdaysShort: weekdays('short'),
    weekdaysMin: weekdays('short'),
    formats: {},
    relativeTime: {},
  }
  dayjs.locale(locale, undefined, true)
  return name
}
