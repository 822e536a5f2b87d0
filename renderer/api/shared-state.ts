import { useSyncExternalStore } from 'react'

/** A state that stays while the operator looks at other screens. */
export interface SharedState<State> {
  get(): State
  set(next: State): void
  /** The state as it is now, in a component that follows it. */
  useValue(): State
}

export function createSharedState<State>(initial: State): SharedState<State> {
  let state = initial
  const listeners = new Set<() => void>()
  const get = () => state
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return {
    get,
    set(next) {
      state = next
      for (const listener of listeners) listener()
    },
    useValue: () => useSyncExternalStore(subscribe, get),
  }
}
