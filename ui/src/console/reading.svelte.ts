// A read of the server that follows what changes: pages never patch their own copy, they read again.

import type { Commands } from '../backend/console'
import { failureOf, type CommandFailure } from '../backend/transport'
import { desk } from './desk.svelte'

/** What a page reads. */
export interface Reading<T> {
  /** The last answer; undefined before the first. */
  readonly value: T | undefined
  /** Why the last read failed. */
  readonly failure: CommandFailure | undefined
}

/** Reads now, when what `request` uses changes, and when something changed on the server. */
export function reading<Name extends keyof Commands & string>(
  name: Name,
  request: () => Commands[Name]['request'],
): Reading<Commands[Name]['answer']> {
  let value = $state.raw<Commands[Name]['answer']>()
  let failure = $state.raw<CommandFailure>()
  let turn = 0
  $effect(() => {
    desk.follow()
    const mine = ++turn
    desk.call(name, request()).then(
      (answer) => {
        if (mine !== turn) return
        value = answer
        failure = undefined
      },
      (error: unknown) => {
        if (mine === turn) failure = failureOf(error)
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
