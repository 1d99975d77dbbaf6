// Hash router: `#/plan/<stair>` is the place "plan" with its arguments. The address is the state, so that the back button is right.

import { createSubscriber } from 'svelte/reactivity'

/** Where the page is. */
export interface Place {
  /** First word of the hash: `plan`. */
  name: string
  /** What follows, decoded. */
  args: string[]
}

const MOVED = 'palier-moved'

const subscribe = createSubscriber((update) => {
  addEventListener('popstate', update)
  addEventListener(MOVED, update)
  return () => {
    removeEventListener('popstate', update)
    removeEventListener(MOVED, update)
  }
})

/** Reads the address; inside an effect, follows it. */
export function here(): Place {
  subscribe()
  const [name = '', ...args] = location.hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent)
  return { name, args }
}

/** The address of a place, for links. */
export const to = (name: string, ...args: string[]): string => '#/' + [name, ...args].map(encodeURIComponent).join('/')

/** How many steps `back` may take without leaving the app. */
function depth(): number {
  const state: unknown = history.state
  return typeof state === 'object' && state !== null && 'depth' in state ? Number(state.depth) : 0
}

/** Goes to a place; the back button returns here. */
export function go(name: string, ...args: string[]): void {
  history.pushState({ depth: depth() + 1 }, '', to(name, ...args))
  dispatchEvent(new Event(MOVED))
}

/** Goes to a place instead of this one: the back button skips this one. */
export function swap(name: string, ...args: string[]): void {
  history.replaceState({ depth: depth() }, '', to(name, ...args))
  dispatchEvent(new Event(MOVED))
}

/** One step back; to the given place when the app was opened here. */
export function back(name: string, ...args: string[]): void {
  if (depth() > 0) history.back()
  else swap(name, ...args)
}

/** Makes every link to a place a `go`, so that the depth is known. Called once, at start. */
export function followLinks(): void {
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="#/"]') : null
    if (!link) return
    event.preventDefault()
    const [name = '', ...args] = link.hash.slice(2).split('/').map(decodeURIComponent)
    if (link.hash !== location.hash) go(name, ...args)
  })
}
