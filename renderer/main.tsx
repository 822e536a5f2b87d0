import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './global.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { refreshLock } from './api/lock.ts'
import { App } from './app.tsx'
import { startTranslations } from './i18n.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

// Asked first and not waited for: the gate before the console shows nothing until the answer is here.
void refreshLock()
await startTranslations()
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
