import 'i18next'
import type activity from './locales/en/activity.json'
import type clients from './locales/en/clients.json'
import type dashboard from './locales/en/dashboard.json'
import type deliveries from './locales/en/deliveries.json'
import type doNotContact from './locales/en/do-not-contact.json'
import type errors from './locales/en/errors.json'
import type exports from './locales/en/exports.json'
import type messages from './locales/en/messages.json'
import type segments from './locales/en/segments.json'
import type settings from './locales/en/settings.json'
import type shell from './locales/en/shell.json'
import type statistics from './locales/en/statistics.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell'
    resources: {
      shell: typeof shell
      clients: typeof clients
      'do-not-contact': typeof doNotContact
      dashboard: typeof dashboard
      deliveries: typeof deliveries
      messages: typeof messages
      segments: typeof segments
      settings: typeof settings
      statistics: typeof statistics
      activity: typeof activity
      exports: typeof exports
      errors: typeof errors
    }
  }
}
