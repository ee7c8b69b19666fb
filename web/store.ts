import type { Action } from './action.ts'
import { initialState, reduce, type State } from './state.ts'

export type Listener = (state: State, before: State) => void

/** Holds the one state. Everything that happens goes through `dispatch`; everything that is shown listens. */
export interface Store {
  readonly state: State
  dispatch(action: Action): void
  /** Calls back at once and after every change. @returns what ends that */
  listen(listener: Listener): () => void
}

export function createStore(): Store {
  let state = initialState
  const listeners = new Set<Listener>()
  /** Changes that not all listeners have heard of yet: one that dispatches adds to them, so that all hear of every change in order. */
  const unheard: [now: State, before: State][] = []
  return {
    get state() {
      return state
    },
    dispatch(action) {
      const before = state
      state = reduce(before, action)
      if (state === before) return
      unheard.push([state, before])
      if (unheard.length > 1) return
      try {
        for (const change of unheard) for (const listener of listeners) listener(...change)
      } finally {
        unheard.length = 0
      }
    },
    listen(listener) {
      listeners.add(listener)
      listener(state, initialState)
      return () => listeners.delete(listener)
    }
  }
}
