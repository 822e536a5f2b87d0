import i18next from 'i18next'
import type { ComponentType } from 'react'
import { createHashRouter, type LazyRouteFunction, type RouteObject } from 'react-router'
import type { namespaces } from './i18n.ts'
import { NotFoundScreen } from './shell/not-found-screen.tsx'
import { ScreenError } from './shell/screen-error.tsx'
import { Shell } from './shell/shell.tsx'

type Namespace = (typeof namespaces)[number]

/** A screen that loads its code and texts together when it is first opened. */
function screen(namespaces: readonly Namespace[], load: () => Promise<ComponentType>): LazyRouteFunction<RouteObject> {
  return async () => {
    const [Component] = await Promise.all([load(), i18next.loadNamespaces(namespaces)])
    return { Component }
  }
}

const deliveryTexts = ['deliveries', 'messages', 'statistics', 'activity'] as const
const composer = screen(
  deliveryTexts,
  async () => (await import('./features/deliveries/composer-screen.tsx')).ComposerScreen,
)

const segment = screen(
  ['segments', 'deliveries'],
  async () => (await import('./features/segments/segment-screen.tsx')).SegmentScreen,
)

const screens: RouteObject[] = [
  {
    index: true,
    lazy: screen(
      ['dashboard', 'deliveries'],
      async () => (await import('./features/dashboard/dashboard-screen.tsx')).DashboardScreen,
    ),
  },
  {
    path: 'deliveries',
    lazy: screen(
      deliveryTexts,
      async () => (await import('./features/deliveries/deliveries-screen.tsx')).DeliveriesScreen,
    ),
  },
  { path: 'deliveries/new', lazy: composer },
  { path: 'deliveries/:id/edit', lazy: composer },
  {
    path: 'deliveries/:id',
    lazy: screen(deliveryTexts, async () => (await import('./features/deliveries/delivery-screen.tsx')).DeliveryScreen),
  },
  {
    path: 'clients',
    lazy: screen(
      ['clients', 'activity'],
      async () => (await import('./features/clients/clients-screen.tsx')).ClientsScreen,
    ),
  },
  {
    path: 'clients/import',
    lazy: screen(['clients'], async () => (await import('./features/clients/import/import-screen.tsx')).ImportScreen),
  },
  {
    path: 'clients/:id',
    lazy: screen(
      ['clients', 'activity', 'messages'],
      async () => (await import('./features/clients/client-screen.tsx')).ClientScreen,
    ),
  },
  {
    path: 'segments',
    lazy: screen(
      ['segments', 'deliveries'],
      async () => (await import('./features/segments/segments-screen.tsx')).SegmentsScreen,
    ),
  },
  { path: 'segments/new', lazy: segment },
  { path: 'segments/:id', lazy: segment },
  {
    path: 'do-not-contact',
    lazy: screen(
      ['do-not-contact'],
      async () => (await import('./features/do-not-contact/do-not-contact-screen.tsx')).DoNotContactScreen,
    ),
  },
  {
    path: 'do-not-contact/add',
    lazy: screen(
      ['do-not-contact'],
      async () => (await import('./features/do-not-contact/add-phones-screen.tsx')).AddPhonesScreen,
    ),
  },
  {
    path: 'statistics',
    lazy: screen(
      ['statistics', 'deliveries'],
      async () => (await import('./features/statistics/statistics-screen.tsx')).StatisticsScreen,
    ),
  },
  {
    path: 'activity',
    lazy: screen(
      ['activity', 'messages'],
      async () => (await import('./features/activity/activity-screen.tsx')).ActivityScreen,
    ),
  },
  {
    path: 'settings',
    lazy: screen(['settings'], async () => (await import('./features/settings/settings-screen.tsx')).SettingsScreen),
  },
  { path: '*', element: <NotFoundScreen /> },
]

/** Hash routes: the same URLs work from a custom protocol, a file and any path of a server. */
export const router = createHashRouter([
  {
    element: <Shell />,
    errorElement: <ScreenError />,
    // The first screen loads at once; a placeholder would only flicker.
    hydrateFallbackElement: <></>,
    // The error element of a lazy route is not shown if its code fails to load. The route above shows it.
    children: [{ errorElement: <ScreenError />, children: screens }],
  },
])
