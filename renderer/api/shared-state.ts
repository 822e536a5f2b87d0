import { useSyncExternalStore } from 'react'

/** A state outside React: it survives the screens that show it. */
export interface SharedState<State> {
  get(): State
  set(next: State): void
  /** The state in a component, which renders again when the state changes. */
  useValue(): State
  /** A part of the state in a component, which renders again only when that part changes. */
  usePart<Part>(part: (state: State) => Part): Part
}

/** Creates a state that every screen shares, until the page is closed. */
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
    usePart: (part) => useSyncExternalStore(subscribe, () => part(state)),
  }
}
