import { MantineProvider } from '@mantine/core'
import { ModalsProvider } from '@mantine/modals'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from 'react-router/dom'
import { LiveProvider } from './api/live.ts'
import { queryClient } from './api/query-client.ts'
import { router } from './routes.tsx'
import { LockGate } from './shell/lock-gate.tsx'
import { cssVariables, theme } from './theme.ts'

/** Everything that the screens need around them, from the theme to the routes. */
export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <LockGate>
          <LiveProvider>
            <ModalsProvider modalProps={{ centered: true }}>
              <Notifications position="bottom-right" limit={4} />
              <RouterProvider router={router} />
            </ModalsProvider>
          </LiveProvider>
        </LockGate>
      </QueryClientProvider>
    </MantineProvider>
  )
}
