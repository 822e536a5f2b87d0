import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { orpc } from '../../api/queries.ts'
import { Page } from '../../components/page.tsx'
import { Section } from '../../components/section.tsx'
import { QueryState } from '../../components/states.tsx'
import { AboutSection } from './about-section.tsx'
import { BackupsSection } from './backups/backups-section.tsx'
import { ConsoleSection } from './console-section.tsx'
import { DesktopSection } from './desktop-section.tsx'
import { GatewayForm } from './gateway-form.tsx'
import { LockSection } from './lock/lock-section.tsx'

/** The gateway, the console's look, security, backups, and the program itself. */
export function SettingsScreen() {
  const { t } = useTranslation('settings')
  const gateway = useQuery(orpc.gateway.get.queryOptions())
  return (
    <Page title={t('title')} layout="form">
      <Section title={t('gateway.title')} hint={t('gateway.hint')} look="group">
        {gateway.data !== undefined ? (
          <GatewayForm settings={gateway.data} />
        ) : (
          <QueryState query={gateway} lines={6} />
        )}
      </Section>
      <ConsoleSection />
      <LockSection />
      <BackupsSection />
      <DesktopSection />
      <AboutSection />
    </Page>
  )
}
