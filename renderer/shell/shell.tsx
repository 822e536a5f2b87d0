import { AppShell } from '@mantine/core'
import { Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet } from 'react-router'
import { useApplyChoices } from '../api/choices.ts'
import { ExportStatus } from '../components/exports/export-status.tsx'
import { showKeptNotice } from '../components/notice.ts'
import { SkeletonLines } from '../components/states.tsx'
import { ChannelBanner } from './channel-banner.tsx'
import { Commanding } from './commanding.tsx'
import { ConnectionNote } from './connection-note.tsx'
import { Navigation } from './navigation.tsx'
import classes from './shell.module.css'
import { TokenBanner } from './token-banner.tsx'
import { useDroppedFiles } from './use-dropped-files.ts'
import { useWantedScreens } from './use-wanted-screens.ts'

/** What stands around every screen: the navigation, and above the screen whatever stops messages from going out. */
export function Shell() {
  const { t } = useTranslation()
  useApplyChoices()
  useWantedScreens()
  useEffect(showKeptNotice, [])
  useDroppedFiles()
  const [asked, setAsked] = useState(0)
  return (
    <AppShell navbar={{ width: 184, breakpoint: 0 }} padding={0}>
      {/* A button: the hash of a link belongs to the router. */}
      <button type="button" className={classes.skip} onClick={() => document.getElementById('screen')?.focus()}>
        {t('skip')}
      </button>
      <AppShell.Navbar className={classes.navbar ?? ''}>
        <Navigation onPalette={() => setAsked((times) => times + 1)} />
      </AppShell.Navbar>
      <AppShell.Main className={classes.main ?? ''} id="screen" tabIndex={-1}>
        <ConnectionNote />
        <ChannelBanner />
        <TokenBanner />
        <div className={classes.screen}>
          <Suspense fallback={<SkeletonLines count={8} />}>
            <Outlet />
          </Suspense>
        </div>
      </AppShell.Main>
      <ExportStatus />
      <Commanding asked={asked} />
    </AppShell>
  )
}
