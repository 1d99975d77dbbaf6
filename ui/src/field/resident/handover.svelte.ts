// The tablet is in the resident's hands: nothing else is shown until the PIN is given. It outlives a reload of the page.

const KEY = 'palier-handover'
const AGREED = 'palier-agreed'
/** The language that was chosen: of this hand-over, not of the next. */
export const TONGUE = 'palier-tongue'

/** What the resident is shown. */
export type Handed = { what: 'diagnosis'; diagnosis: string } | { what: 'trust'; slip: string; door: string; object: string } | { what: 'consent'; door: string }

/** What a resident said of an agreement: undefined while they did not. */
export interface Agreed {
  door: string
  /** The language they read it in, as in `languages.json`. */
  tongue: string
  answers: Record<string, boolean>
}

function read<T>(key: string): T | undefined {
  const text = sessionStorage.getItem(key)
  return text === null ? undefined : (JSON.parse(text) as T)
}

class Handover {
  /** What is shown; undefined when the mediator has the tablet. */
  handed = $state.raw<Handed | undefined>(read(KEY))

  /** What was agreed to in this hand-over, for the mediator's screen. */
  agreed = $state.raw<Agreed | undefined>(read(AGREED))

  /** The PIN is asked for. */
  leaving = $state(false)

  begin(handed: Handed): void {
    sessionStorage.setItem(KEY, JSON.stringify(handed))
    this.keep(undefined)
    this.handed = handed
  }

  /** Keeps what was agreed to: a reload of the page loses nothing. */
  keep(agreed: Agreed | undefined): void {
    if (agreed) sessionStorage.setItem(AGREED, JSON.stringify(agreed))
    else sessionStorage.removeItem(AGREED)
    this.agreed = agreed
  }

  /** The PIN was given. */
  end(): void {
    sessionStorage.removeItem(KEY)
    sessionStorage.removeItem(TONGUE)
    this.handed = undefined
    this.leaving = false
  }
}

export const handover = new Handover()
