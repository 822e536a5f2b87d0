import type { Notification, NotificationCloseEventParams, NotificationConstructorOptions } from 'electron'
import { assertNever } from '#shared/domain/assert-never.ts'
import type { Log } from '../../base/log.ts'
import type { News } from '../sending-watch.ts'
import type { Words } from '../translations.ts'

export interface NoticeParts {
  readonly Notification: {
    new (
      options: NotificationConstructorOptions,
    ): Pick<Notification, 'close' | 'show'> & {
      on(event: 'click', listener: () => void): unknown
      on(event: 'close', listener: (event: NotificationCloseEventParams) => void): unknown
      on(event: 'failed', listener: (event: unknown, error: string) => void): unknown
    }
    isSupported(): boolean
  }
}

export interface Notice {
  readonly title: string
  readonly body: string
  /** It holds words that whoever passes by a locked program must not read. */
  readonly isPrivate: boolean
  /** The screen of the console that has the rest. */
  readonly screen: string
}

/** The words of a piece of news, and where it leads. */
export function noticeOf(news: News, { say }: Words): Notice {
  if (news.kind === 'completed') {
    const { id, name, sent, missed } = news
    const outcome = missed === 0 ? 'completed' : 'withFailures'
    const title = name === null ? say(`notice.nameless.${outcome}`) : say(`notice.${outcome}`, { name })
    const sentWords = say('notice.sent', { count: sent })
    const body = missed === 0 ? sentWords : `${say('notice.missed', { count: missed })} · ${sentWords}`
    return { title, body, isPrivate: name !== null, screen: `/deliveries/${id}` }
  }
  const { status } = news
  return {
    title: say(`notice.${status}`),
    body: say(`notice.${status}Advice`),
    isPrivate: false,
    screen: screenOf(status),
  }
}

/** A way to tell somebody who does not look. */
export interface Teller {
  tell(notice: Notice, onClick: () => void): void
  /** Takes back what was told in private and can still be read. */
  withdraw(): void
}

/** As many as Windows lists of a program; older ones go. */
const mostKept = 20

/** Tells by the system's notifications, where it has any. */
export function systemNotices({ Notification }: NoticeParts, log: Log): Teller {
  // Nobody else holds them, and one that is collected no longer hears its click.
  const shown = new Map<{ close(): void }, Notice>()
  return {
    tell(notice, onClick) {
      if (!Notification.isSupported()) return
      const { title, body } = notice
      const notification = new Notification({ title, body })
      shown.set(notification, notice)
      const [oldest] = shown.keys()
      if (shown.size > mostKept && oldest !== undefined) {
        shown.delete(oldest)
        oldest.close()
      }
      notification.on('click', () => {
        shown.delete(notification)
        onClick()
      })
      // Windows takes it from the screen after some seconds and keeps it in its list, where it is still read and clicked.
      notification.on('close', ({ reason }) => {
        if (reason !== 'timedOut') shown.delete(notification)
      })
      // Such as on macOS, where the operator has not allowed them, or the program is not signed.
      notification.on('failed', (_event, error) => {
        shown.delete(notification)
        log.warn(`the system does not show notifications: ${error}`)
      })
      notification.show()
    },
    withdraw() {
      for (const [notification, { isPrivate }] of shown) if (isPrivate) notification.close()
    },
  }
}

function screenOf(status: Extract<News, { readonly kind: 'channel' }>['status']): string {
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
