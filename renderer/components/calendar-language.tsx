import '@mantine/dates/styles.css'
import './calendar.css'
import { DatesProvider } from '@mantine/dates'
import dayjs from 'dayjs'
import { type ReactNode, useId, useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** The calendars within speak the console's language, whichever that is. */
export function CalendarLanguage({ children }: { readonly children: ReactNode }) {
  const { language } = useTranslation().i18n
  // The names must be known before a calendar asks for them.
  const locale = useMemo(() => nameDays(language), [language])
  return <DatesProvider settings={{ locale, firstDayOfWeek: 1 }}>{children}</DatesProvider>
}

/** What a picker of days needs for those who cannot see it: the names of its buttons and of what it opens. */
export function useCalendarNames() {
  const { t } = useTranslation()
  const id = useId()
  return {
    // What opens is called as the field is.
    id,
    popoverProps: { id },
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

/** Tells the calendars' date library the platform's own names of months and weekdays; answers what it knows them under. */
function nameDays(language: string): string {
  const months = (length: 'long' | 'short') => {
    const names = new Intl.DateTimeFormat(language, { month: length, timeZone: 'UTC' })
    return Array.from({ length: 12 }, (_, month) => names.format(Date.UTC(2023, month, 1)))
  }
  const weekdays = (length: 'long' | 'short') => {
    const names = new Intl.DateTimeFormat(language, { weekday: length, timeZone: 'UTC' })
    // The first of January 2023 was a Sunday, with which the library begins.
    return Array.from({ length: 7 }, (_, day) => names.format(Date.UTC(2023, 0, day + 1)))
  }
  // It knows names in small letters only.
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
