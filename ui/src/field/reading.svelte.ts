// A read of the core that follows what changes: screens never patch their own copy, they read again.

import { failureOf, type CommandFailure } from '../backend/transport'
import { tablet, type Area } from './tablet.svelte'

/** What a screen reads. */
export interface Reading<T> {
  /** The last answer; undefined before the first. */
  readonly value: T | undefined
  /** Why the last read failed. */
  readonly failure: CommandFailure | undefined
}

/** Reads now, when an argument used by `read` changes, and when the core says that one of `areas` changed. */
export function reading<T>(areas: readonly Area[], read: () => Promise<T>): Reading<T> {
  let value = $state.raw<T>()
  let failure = $state.raw<CommandFailure>()
  let turn = 0
  $effect(() => {
    tablet.follow(areas)
    const mine = ++turn
    read().then(
      (answer) => {
        if (mine !== turn) return
        value = answer
        failure = undefined
      },
      (error: unknown) => {
        if (mine !== turn) return
        failure = failureOf(error)
        // What may not be read any more (locked, veiled, erased) must not stay on the screen; a lost link hides nothing.
        if (failure.code !== 'unreachable') value = undefined
      },
    )
  })
  return {
    get value() {
      return value
    },
    get failure() {
      return failure
    },
  }
}
