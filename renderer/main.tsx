import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import './global.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { refreshLock } from './api/lock.ts'
import { App } from './app.tsx'
import { startTranslations } from './i18n.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

// Requested first but not awaited: the lock gate shows nothing until it is known.
void refreshLock()
await startTranslations()
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
