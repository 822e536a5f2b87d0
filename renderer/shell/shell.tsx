import { AppShell } from '@mantine/core'
import { Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet, useNavigate } from 'react-router'
import { useApplySettings } from '../api/use-settings.ts'
import { ExportStatus } from '../components/exports/export-status.tsx'
import { showDeferredNotice } from '../components/notice.ts'
import { SkeletonLines } from '../components/states.tsx'
import { ChannelBanner } from './channel-banner.tsx'
import { CommandsOverlay } from './commands-overlay.tsx'
import { ConnectionNote } from './connection-note.tsx'
import { Navigation } from './navigation.tsx'
import classes from './shell.module.css'
import { TokenBanner } from './token-banner.tsx'
import { useFileDrop } from './use-file-drop.ts'

/** The frame around every screen: the navigation, and above the screen what keeps messages from being sent. */
export function Shell() {
  const { t } = useTranslation()
  useApplySettings()
  useRequestedScreens()
  useEffect(showDeferredNotice, [])
  useFileDrop()
  const [clicks, setClicks] = useState(0)
  return (
    <AppShell navbar={{ width: 184, breakpoint: 0 }} padding={0}>
      {/* A button: the router owns the hash of a link. */}
      <button type="button" className={classes.skip} onClick={() => document.getElementById('screen')?.focus()}>
        {t('skip')}
      </button>
      <AppShell.Navbar className={classes.navbar ?? ''}>
        <Navigation onPalette={() => setClicks((times) => times + 1)} />
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
      <CommandsOverlay clicks={clicks} />
    </AppShell>
  )
}

/** Opens the screen that a menu, the tray or a notification of the desktop app asks for. */
function useRequestedScreens(): void {
  const navigate = useNavigate()
  useEffect(() => window.heraldDesktop?.onScreenWanted((path) => void navigate(path)), [navigate])
}
