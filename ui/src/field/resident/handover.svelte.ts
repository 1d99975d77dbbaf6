// The tablet is in the resident's hands: nothing else is shown until the PIN is given. It outlives a reload of the page.

const KEY = 'palier-handover'
/** The language that was chosen: of this hand-over, not of the next. */
export const TONGUE = 'palier-tongue'

class Handover {
  /** The diagnosis that is shown; empty when the mediator has the tablet. */
  diagnosis = $state(sessionStorage.getItem(KEY) ?? '')

  /** The PIN is asked for. */
  leaving = $state(false)

  begin(diagnosis: string): void {
    sessionStorage.setItem(KEY, diagnosis)
    this.diagnosis = diagnosis
  }

  /** The PIN was given. */
  end(): void {
    sessionStorage.removeItem(KEY)
    sessionStorage.removeItem(TONGUE)
    this.diagnosis = ''
    this.leaving = false
  }
}

export const handover = new Handover()
