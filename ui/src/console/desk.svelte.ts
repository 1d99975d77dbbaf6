// What every page of the console shares: the way to the server, whose session it is, the last notice.
// Nothing here is a copy of the server's data: pages read that for themselves (`reading.svelte.ts`).

import type { Commands, ConsoleState, StagedFile } from '../backend/console'
import { httpTransport } from '../backend/http'
import { backendOf, CommandFailure, failureOf } from '../backend/transport'
import * as tr from '../shared/tr/console.gen'

/** What was just done, or why it was not. */
export interface Notice {
  text: string
  problem: boolean
  /** Undoes it. */
  undo?: () => Promise<void>
}

/** Pages read again this often while someone is at work. */
const LOOK_MS = 60_000
/** Nobody is at work after this long without a key or a click: reading on would keep the session from ending. */
const AWAY_MS = 5 * 60_000

class Desk {
  /** Undefined until the server answered once. */
  state = $state.raw<ConsoleState>()
  notice = $state.raw<Notice>()
  /** The session ended by itself. */
  ended = $state(false)
  /** The server could not be reached at the last try. */
  unreachable = $state(false)

  #backend = backendOf<Commands>(httpTransport({ commands: '/api/' }))
  #turn = $state(0)
  #seenAt = Date.now()

  /** Begins: reads the state, then looks again while someone is at work. */
  async start(): Promise<void> {
    for (const event of ['pointerdown', 'keydown'] as const) {
      addEventListener(event, () => (this.#seenAt = Date.now()), { capture: true, passive: true })
    }
    setInterval(() => this.#look(), LOOK_MS)
    document.addEventListener('visibilitychange', () => this.#look())
    await this.reload()
  }

  /** Calls a command. A session that ended shows the login; the failure still reaches the caller. */
  async call<Name extends keyof Commands & string>(name: Name, request: Commands[Name]['request']): Promise<Commands[Name]['answer']> {
    try {
      const answer = await this.#backend.call(name, request)
      this.unreachable = false
      return answer
    } catch (error) {
      throw this.#failed(error)
    }
  }

  /** Calls a command that changes something: pages read again. A failure becomes a notice and gives undefined. */
  async act<Name extends keyof Commands & string>(name: Name, request: Commands[Name]['request']): Promise<Commands[Name]['answer'] | undefined> {
    try {
      const answer = await this.call(name, request)
      this.changed()
      return answer
    } catch (error) {
      this.say({ text: errorText(failureOf(error)), problem: true })
      this.changed()
      return undefined
    }
  }

  /** Sends a file to be staged. */
  async upload(kind: string, file: File): Promise<StagedFile> {
    const query = new URLSearchParams({ kind, name: file.name })
    let response: Response
    try {
      response = await fetch(`/api/import_file?${query}`, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body: file,
        credentials: 'same-origin',
      })
    } catch {
      throw this.#failed(new CommandFailure('unreachable', null))
    }
    const body: unknown = await response.json().catch(() => null)
    if (!response.ok) throw this.#failed(body)
    return body as StagedFile
  }

  /** Something changed on the server: pages read again. */
  changed(): void {
    this.#turn += 1
    void this.reload()
  }

  /** Inside an effect: runs it again when something changes. */
  follow(): void {
    void this.#turn
  }

  /** Shows a notice until the next action. */
  say(notice: Notice | undefined): void {
    this.notice = notice
  }

  /** Takes a state that a command answered. */
  take(state: ConsoleState): void {
    if (this.state?.account && !state.account) this.notice = undefined
    if (state.account) this.ended = false
    this.state = state
  }

  /** Reads the state again. */
  async reload(): Promise<void> {
    try {
      this.take(await this.#backend.call('console_state', {}))
      this.unreachable = false
    } catch (error) {
      this.unreachable = failureOf(error).code === 'unreachable'
    }
  }

  #failed(error: unknown): CommandFailure {
    const failure = failureOf(error)
    if (failure.code === 'signed_out') {
      this.ended = this.state?.account !== ''
      void this.reload()
    }
    if (failure.code === 'unreachable') this.unreachable = true
    return failure
  }

  #look(): void {
    const away = Date.now() - this.#seenAt > AWAY_MS
    if (document.visibilityState === 'visible' && this.state?.account && !away) this.changed()
  }
}

/** The console of this page. */
export const desk = new Desk()

/** A refusal in words. */
export function errorText(failure: CommandFailure): string {
  const detail = failure.code === 'field' ? tr.fieldName({ field: failure.detail }) : failure.detail
  return tr.error({ code: failure.code, detail })
}
