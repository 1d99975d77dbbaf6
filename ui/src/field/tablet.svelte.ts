// What every screen shares: the way to the core, who is in session, what the pill says, the last notice.
// Nothing here is a copy of the field's data: screens read that for themselves (`reading.svelte.ts`).

import type { AppState, Commands, SyncStatus } from '../backend'
import { ANYTHING, CommandFailure, failureOf, type Backend } from '../backend/transport'
import * as tr from '../shared/tr/field.gen'
import { go, here } from '../shared/router'

/** Parts of the store that the core says have changed. */
const AREAS = ['places', 'visits', 'households', 'outings', 'journal', 'sync', 'session', 'directory', 'referrals', 'actions'] as const
export type Area = (typeof AREAS)[number]

/** What was just done, or why it was not. */
export interface Notice {
  text: string
  problem: boolean
  /** Undo or redo. */
  label?: string
  act?: () => Promise<void>
}

/** `touch` is sent at most this often. */
const TOUCH_EVERY_MS = 10_000
/** The core hides names after 60 s without a touch: the screen asks a little later. */
const IDLE_LOOK_MS = 61_000
/** The pill asks this often while something is being sent. */
const SENDING_LOOK_MS = 5_000
/** The pill asks this often otherwise, so that days of waiting count. */
const PILL_LOOK_MS = 60_000

class Tablet {
  /** Undefined until the core answered once. */
  state = $state.raw<AppState>()
  sync = $state.raw<SyncStatus>()
  notice = $state.raw<Notice>()
  /** The veil's dialog is asked for. */
  unveiling = $state(false)
  /** The stair last opened, whose results come first in a search. */
  stair = ''
  /** The core cannot be reached at start. */
  unreachable = $state(false)

  /** Who closed the posture card, and on which day. */
  #posture = $state('')
  #backend!: Backend<Commands>
  #turns = $state<Partial<Record<Area, number>>>({})
  #touchedAt = 0
  #idle: ReturnType<typeof setTimeout> | undefined
  #pill: ReturnType<typeof setTimeout> | undefined

  get session() {
    return this.state?.session ?? null
  }

  get #today(): string {
    return `${this.session?.profile} ${new Date().toDateString()}`
  }

  /** The posture card was closed today by this profile. */
  get postureClosed(): boolean {
    return this.#posture === this.#today
  }

  closePosture(): void {
    this.#posture = this.#today
  }

  /** Begins: reads the state, then follows changes and touches. */
  async start(backend: Backend<Commands>): Promise<void> {
    this.#backend = backend
    backend.onChanged((areas) => this.#heard(areas.includes(ANYTHING) ? AREAS : (areas as Area[])))
    addEventListener('pointerdown', () => this.#touched(), { capture: true, passive: true })
    addEventListener('keydown', () => this.#touched(), { capture: true, passive: true })
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.reload()
    })
    await this.reload()
  }

  /** Calls a command. A lock found on the way shows itself; the failure still reaches the caller. */
  async call<Name extends keyof Commands & string>(name: Name, request: Commands[Name]['request']): Promise<Commands[Name]['answer']> {
    try {
      return await this.#backend.call(name, request)
    } catch (error) {
      const failure = failureOf(error)
      if (failure.code === 'locked' && name !== 'app_state') void this.reload()
      throw failure
    }
  }

  /** Calls a command for its effect; a failure becomes a notice, or the veil's dialog, and gives undefined. */
  async act<Name extends keyof Commands & string>(name: Name, request: Commands[Name]['request']): Promise<Commands[Name]['answer'] | undefined> {
    try {
      return await this.call(name, request)
    } catch (error) {
      const failure = failureOf(error)
      if (failure.code === 'veiled') this.unveiling = true
      else if (failure.code !== 'locked') this.say({ text: errorText(failure), problem: true })
      return undefined
    }
  }

  /** Inside an effect: runs it again when one of the areas changes. */
  follow(areas: readonly Area[]): void {
    for (const area of areas) void this.#turns[area]
  }

  /** Shows a notice until the next action. */
  say(notice: Notice | undefined): void {
    this.notice = notice
  }

  /** Says what was done, with its undo; then the undo with its redo. */
  done(text: string, action: string): void {
    this.say({
      text,
      problem: false,
      label: tr.undo(),
      act: async () => {
        if (!(await this.act('undo', { action }))) return
        this.say({
          text: tr.undone({ what: text }),
          problem: false,
          label: tr.redo(),
          act: async () => {
            if (await this.act('redo', { action })) this.done(text, action)
          },
        })
      },
    })
  }

  /** Takes a state that a command answered. */
  take(state: AppState): void {
    const before = this.session
    this.state = state
    const settings = state.session?.settings
    const root = document.documentElement
    root.dataset['theme'] = settings?.theme ?? root.dataset['theme'] ?? 'light'
    root.dataset['hand'] = settings?.left_handed ? 'left' : 'right'
    root.dataset['text'] = String(settings?.text_percent ?? 100)
    root.style.setProperty('font-size', `${(19 * (settings?.text_percent ?? 100)) / 100}px`)
    if (!state.session) {
      this.sync = undefined
      this.notice = undefined
      this.unveiling = false
    } else if (before?.profile !== state.session.profile) void this.lookAtPill()
    if (before && !state.session && here().name !== 'urgence') go('')
    if (before && state.session && before.veiled !== state.session.veiled) this.#bump(['households', 'visits', 'session'])
    this.#rearm()
  }

  /** Reads the state again. */
  async reload(): Promise<void> {
    try {
      this.take(await this.#backend.call('app_state', {}))
      this.unreachable = false
    } catch (error) {
      this.unreachable = failureOf(error).code === 'unreachable' && this.state === undefined
      if (this.state === undefined) setTimeout(() => void this.reload(), SENDING_LOOK_MS)
    }
  }

  /** Asks what the pill says, and goes on asking while something is sent. */
  async lookAtPill(): Promise<void> {
    clearTimeout(this.#pill)
    if (!this.session) return
    try {
      this.sync = await this.#backend.call('sync_status', {})
    } catch {
      // The pill keeps what it said; the next look is below.
    }
    const wait = this.sync?.state === 'sending' ? SENDING_LOOK_MS : PILL_LOOK_MS
    this.#pill = setTimeout(() => void this.lookAtPill(), wait)
  }

  #bump(areas: readonly Area[]): void {
    for (const area of areas) this.#turns[area] = (this.#turns[area] ?? 0) + 1
  }

  #heard(areas: readonly Area[]): void {
    this.#bump(areas)
    if (areas.includes('session') || areas.includes('outings')) void this.reload()
    if (this.session) void this.lookAtPill()
  }

  #touched(): void {
    this.#rearm()
    const now = Date.now()
    if (!this.session || now - this.#touchedAt < TOUCH_EVERY_MS) return
    this.#touchedAt = now
    void this.#backend.call('touch', {}).then(
      (state) => this.take(state),
      () => this.reload(),
    )
  }

  #rearm(): void {
    clearTimeout(this.#idle)
    if (!this.session) return
    this.#idle = setTimeout(() => void this.reload(), IDLE_LOOK_MS)
  }
}

/** The tablet this page runs on. */
export const tablet = new Tablet()

/** A refusal in words. */
export const errorText = (failure: CommandFailure): string =>
  failure.code === 'weak_pin' ? tr.weakPin({ reason: failure.detail }) : tr.error({ code: failure.code, detail: failure.detail })
