/** Which pages of a television lie on each other: back takes the uppermost away, and never the first. */
import { createStore, type StoreApi } from 'zustand/vanilla'

export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'sites' }
  | { readonly page: 'channel'; readonly number: number }
  | { readonly page: 'lessons' }
  | { readonly page: 'lesson'; readonly id: string }
  | { readonly page: 'ranking' }
  | { readonly page: 'branch'; readonly id: string }
  | { readonly page: 'services' }
  | { readonly page: 'service'; readonly id: string }
  | { readonly page: 'notices' }
  | { readonly page: 'notice'; readonly id: string }
  | { readonly page: 'radio'; readonly id: string }
  | { readonly page: 'townships' }
  | { readonly page: 'villages'; readonly township: string }
  | { readonly page: 'keys' }
  | { readonly page: 'pairing' }

export interface StackState {
  readonly routes: readonly Route[]
  /** Somebody wants to leave the home page and is asked whether. */
  readonly isLeaving: boolean
}

export interface Stack {
  readonly store: StoreApi<StackState>
  open(route: Route): void
  /** In place of the uppermost. */
  turn(route: Route): void
  /** On the home page, whatever lay there. */
  jump(route: Route): void
  back(): void
  stay(): void
}

const home: Route = { page: 'home' }

/** `first` cannot be left: it is home, or what has to be done before there is one. */
export function createStack(first: readonly Route[] = [home]): Stack {
  const store = createStore<StackState>(() => ({ routes: first, isLeaving: false }))
  const put = (routes: readonly Route[]) => store.setState({ routes, isLeaving: false })
  return {
    store,
    open: (route) => put([...store.getState().routes, route]),
    turn: (route) => put([...store.getState().routes.slice(0, -1), route]),
    jump: (route) => put(route.page === 'home' ? [home] : [home, route]),
    back() {
      const { routes } = store.getState()
      if (routes.length > 1) put(routes.slice(0, -1))
      else store.setState({ isLeaving: true })
    },
    stay: () => store.setState({ isLeaving: false }),
  }
}

export const upmost = ({ routes }: StackState): Route => routes.at(-1) ?? home
