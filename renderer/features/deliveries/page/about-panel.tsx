import { useTranslation } from 'react-i18next'
import type { Delivery } from '#shared/contract/deliveries.ts'
import { describeFilter } from '../../../components/audience/filter-text.ts'
import { useAudience } from '../../../components/audience/use-audience.ts'
import { useFormat } from '../../../components/format.ts'
import { Section } from '../../../components/section.tsx'
import classes from './about-panel.module.css'

/** The delivery's text, audience and schedule. */
export function AboutPanel({ delivery }: { readonly delivery: Delivery }) {
  const { t } = useTranslation('deliveries')
  const format = useFormat()
  const { startsAt, startedAt, endsAt, finishedAt, window, ratePerSecond } = delivery
  return (
    <Section title={t('page.about')}>
      <div className={classes.about}>
        <div className={classes.text}>{delivery.text}</div>
        <dl className={classes.facts}>
          <dt>{t('page.audience')}</dt>
          <dd>
            {describeFilter(delivery.filter, t)}
            {startedAt === null ? <AudienceNow delivery={delivery} /> : null}
          </dd>
          <dt>{t(startedAt === null ? 'page.startsAt' : 'page.startedAt')}</dt>
          <dd>{format.moment(startedAt ?? startsAt)}</dd>
          <dt>{t(finishedAt === null ? 'page.endsAt' : 'page.finishedAt')}</dt>
          <dd>
            {finishedAt === null ? t('page.untilEnd', { moment: format.moment(endsAt) }) : format.moment(finishedAt)}
          </dd>
          <dt>{t('page.window')}</dt>
          <dd>{window === null ? t('page.windowNone') : t('page.windowBetween', window)}</dd>
          <dt>{t('page.rate')}</dt>
          <dd>{ratePerSecond === null ? t('page.rateNone') : t('page.rateLimit', { count: ratePerSecond })}</dd>
          <dt>{t('page.created')}</dt>
          <dd>{format.moment(delivery.createdAt)}</dd>
        </dl>
      </div>
    </Section>
  )
}

/** Until the start, the audience is an estimate that changes with the directory. */
function AudienceNow({ delivery }: { readonly delivery: Delivery }) {
  const { t } = useTranslation('deliveries')
  const { audience } = useAudience(delivery.filter)
  return audience === null ? null : <>: {t('page.audienceNow', { count: audience.clients })}</>
}
