import type { Notification, NotificationConstructorOptions } from 'electron'
import { assertNever } from '#shared/domain/assert-never.ts'
import type { News } from './sending-watch.ts'
import type { Words } from './words.ts'

export interface NoticeParts {
  readonly Notification: {
    new (
      options: NotificationConstructorOptions,
    ): Pick<Notification, 'show'> & { on(event: 'click' | 'close', listener: () => void): unknown }
    isSupported(): boolean
  }
}

export interface Notice {
  readonly title: string
  readonly body: string
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
    return { title, body, screen: `/deliveries/${id}` }
  }
  const { status } = news
  return { title: say(`notice.${status}`), body: say(`notice.${status}Advice`), screen: screenOf(status) }
}

/** Tells by the system's notifications, where it has any. */
export function systemNotices({ Notification }: NoticeParts): (notice: Notice, onClick: () => void) => void {
  // Nobody else holds them, and one that is collected no longer hears its click.
  const shown = new Set<object>()
  return ({ title, body }, onClick) => {
    if (!Notification.isSupported()) return
    const notice = new Notification({ title, body })
    shown.add(notice)
    notice.on('click', () => {
      shown.delete(notice)
      onClick()
    })
    notice.on('close', () => shown.delete(notice))
    notice.show()
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
