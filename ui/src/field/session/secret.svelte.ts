// Tries a PIN and turns the answer into what the pad says.

import { onDestroy } from 'svelte'
import type { UnlockAnswer } from '../../backend'
import { failureOf } from '../../backend/transport'
import * as tr from '../../shared/tr/field.gen'
import { errorText, tablet } from '../tablet.svelte'
import { Wait } from './wait.svelte'

/** One try at a time, with its message and its wait. */
export class Secret {
  checking = $state(false)
  #said = $state('')
  #wait = new Wait()

  constructor(wait_seconds = 0) {
    this.#wait.begin(wait_seconds)
    onDestroy(() => this.#wait.stop())
  }

  /** The pad takes no key now. */
  get closed(): boolean {
    return this.checking || this.#wait.left > 0
  }

  /** What the pad says. */
  get message(): string {
    if (this.checking) return tr.pinChecking()
    if (this.#wait.left > 0) return tr.pinWait({ seconds: this.#wait.left })
    return this.#said
  }

  /** Waits for a profile's remaining seconds. */
  wait(seconds: number): void {
    this.#said = ''
    this.#wait.begin(seconds)
  }

  /** Tries; true when it opened. */
  async try(call: () => Promise<UnlockAnswer>): Promise<boolean> {
    this.checking = true
    this.#said = ''
    try {
      const answer = await call()
      if (answer.kind === 'opened') {
        tablet.take(answer.state)
        return true
      }
      this.#said = tablet.state?.passphrase_needed ? tr.passphraseWrong() : tr.pinWrong()
      this.#wait.begin(answer.wait_seconds)
    } catch (error) {
      this.#said = errorText(failureOf(error))
    } finally {
      this.checking = false
    }
    return false
  }
}
