import type { Notification as ElectronNotification } from 'electron'
import { assertNever } from '#shared/domain/assert-never.ts'
import type { Log } from '../../base/log.ts'
import type { Electron } from '../electron-api.ts'
import type { SendingEvent } from '../sending-watch.ts'
import type { Translations } from '../translations.ts'

/** The content of a notification. */
export interface Notice {
  readonly title: string
  readonly body: string
  /** It names a delivery, which a bystander must not read while the program is locked. */
  readonly isPrivate: boolean
  /** The screen of the console with the details. */
  readonly screen: string
}

/** Shows notices outside the window. */
export interface Notifier {
  notify(notice: Notice, onClick: () => void): void
  /** Removes private notices that can still be read. */
  withdrawPrivate(): void
}

/** Returns the texts for an event, and the screen that it leads to. */
export function noticeOf(event: SendingEvent, { text }: Translations): Notice {
  if (event.kind === 'completed') {
    const { id, name, sent, missed } = event
    const outcome = missed === 0 ? 'completed' : 'withFailures'
    const title = name === null ? text(`notice.nameless.${outcome}`) : text(`notice.${outcome}`, { name })
    const sentText = text('notice.sent', { count: sent })
    const body = missed === 0 ? sentText : `${text('notice.missed', { count: missed })} · ${sentText}`
    return { title, body, isPrivate: name !== null, screen: `/deliveries/${id}` }
  }
  const { status } = event
  return {
    title: text(`notice.${status}`),
    body: text(`notice.${status}Advice`),
    isPrivate: false,
    screen: screenFor(status),
  }
}

/** Windows lists at most 20 notifications of a program and drops older ones. */
const maxShown = 20

/** Shows the system's notifications, if it has any. */
export function systemNotifier({ Notification }: Pick<Electron, 'Notification'>, log: Log): Notifier {
  // A notification that is garbage-collected no longer reports its click.
  const shown = new Map<ElectronNotification, Notice>()
  return {
    notify(notice, onClick) {
      if (!Notification.isSupported()) return
      const { title, body } = notice
      const notification = new Notification({ title, body })
      shown.set(notification, notice)
      const [oldest] = shown.keys()
      if (shown.size > maxShown && oldest !== undefined) {
        shown.delete(oldest)
        oldest.close()
      }
      notification.on('click', () => {
        shown.delete(notification)
        onClick()
      })
      // After some seconds Windows moves it from the screen to its list, where it can still be read and clicked.
      notification.on('close', ({ reason }) => {
        if (reason !== 'timedOut') shown.delete(notification)
      })
      // For example on macOS, if the user has not allowed notifications or the program is not signed.
      notification.on('failed', (_event, error) => {
        shown.delete(notification)
        log.warn(`the system does not show notifications: ${error}`)
      })
      notification.show()
    },
    withdrawPrivate() {
      for (const [notification, { isPrivate }] of shown) if (isPrivate) notification.close()
    },
  }
}

function screenFor(status: Extract<SendingEvent, { readonly kind: 'channel' }>['status']): string {
  switch (status) {
    case 'stopped':
      return '/settings'
    case 'failing':
      return '/activity?view=log'
    case 'down':
    case 'blocked':
      return '/'
    default:
      return assertNever(status)
  }
}
