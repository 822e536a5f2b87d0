import i18next, { type TFunction } from 'i18next'
import { fieldFilters } from '#shared/domain/client-fields.ts'
import { type Filter, isEmptyFilter } from '#shared/domain/filter.ts'

/** If a property has more values than this, the rest is counted. */
const maxNamed = 5

/** Describes whom a filter selects: `tagged vip or north and operator code 900, except those tagged test`. */
export function describeFilter(filter: Filter, t: TFunction<'deliveries'>): string {
  if (isEmptyFilter(filter)) return t('filter.everybody')
  const phrases = (['tags', ...fieldFilters.map(({ name }) => name)] as const)
    .filter((property) => filter[property].length > 0)
    .map((property) => t(`filter.${property}`, { values: describeValues(property, filter[property], t) }))
  const chosen =
    phrases.length === 0 ? t('filter.everybody') : phrases.join(t(filter.match === 'all' ? 'filter.and' : 'filter.or'))
  const except =
    filter.excludeTags.length === 0
      ? []
      : [t('filter.excludeTags', { values: describeValues('excludeTags', filter.excludeTags, t) })]
  const words = [chosen, ...except].join(', ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The values of one property, joined by "or". */
export function describeValues(property: string, values: readonly string[], t: TFunction<'deliveries'>): string {
  // Tags are free text and may contain anything, so they are quoted.
  const isFreeText = property === 'tags' || property === 'excludeTags'
  const names = values.slice(0, maxNamed).map((value) => (isFreeText ? t('filter.quoted', { value }) : value))
  const rest = values.length - names.length
  const items = rest > 0 ? [...names, t('filter.more', { count: rest })] : names
  return new Intl.ListFormat(i18next.language, { type: 'disjunction' }).format(items)
}
