import type { App } from 'electron'

export interface InstanceParts {
  readonly app: Pick<App, 'requestSingleInstanceLock' | 'quit'> & {
    on(event: 'second-instance', listener: () => void): unknown
  }
}

/** Whether this is the only running Herald. A later one ends itself at once, and `onSecondStart` is called in this one. */
export function claimSingleInstance({ app }: InstanceParts, onSecondStart: () => void): boolean {
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return false
  }
  app.on('second-instance', () => onSecondStart())
  return true
}
