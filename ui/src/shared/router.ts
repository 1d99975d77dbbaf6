// Hash router: `#/plan/<stair>` → route and arguments. The address is the state, so that the back button is right.

import { createSubscriber } from 'svelte/reactivity'

/** Where the page is: the first word of the hash and what follows it. */
export interface Place {
  /** First word: `plan`. */
  name: string
  /** What follows, decoded. */
  args: string[]
}

const subscribe = createSubscriber((update) => {
  addEventListener('hashchange', update)
  return () => removeEventListener('hashchange', update)
})

/** Reads the address; inside an effect, follows it. */
export function here(): Place {
  subscribe()
  const [name = '', ...args] = location.hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent)
  return { name, args }
}

/** The address of a place, for links. */
export const to = (name: string, ...args: string[]): string => '#/' + [name, ...args].map(encodeURIComponent).join('/')

/** Goes to a place; the back button returns here. */
export const go = (name: string, ...args: string[]): void => void (location.hash = to(name, ...args))

/** Goes to a place in place of this one: the back button skips this one. */
export function swap(name: string, ...args: string[]): void {
  history.replaceState(null, '', to(name, ...args))
  dispatchEvent(new HashChangeEvent('hashchange'))
}

/** One step back, or to `name` when the app was opened here. */
export function back(name: string, ...args: string[]): void {
  if (history.length > 1 && document.referrer === '') history.back()
  else go(name, ...args)
}
