// Walking through the questions of a diagnosis: the next one, one looked at again, and what the last answer brought.

import type { AnswerQuestion, DiagnosisView, QuestionView } from '../../backend'
import { reading } from '../reading.svelte'
import { tablet } from '../tablet.svelte'
import type { CommandFailure } from '../../backend/transport'

/** Made while a screen starts: it reads again whenever the file changes. */
export class Walk {
  readonly #diagnosis: () => string
  /** The question asked for again; empty for the next one. */
  #again = $state('')
  /** What the last answer brought, until the same is read again. */
  #answered = $state.raw<DiagnosisView>()
  readonly #read
  busy = $state(false)
  /** Counts answers: a question asked closer is another question. */
  turn = $state(0)

  constructor(diagnosis: () => string) {
    this.#diagnosis = diagnosis
    this.#read = reading(['households', 'session'], () => {
      const at = this.#again
      return tablet.call('diagnosis', { diagnosis: diagnosis(), question: at }).then((view) => ({ view, at }))
    })
    $effect(() => {
      void this.#read.value
      this.#answered = undefined
    })
  }

  get view(): DiagnosisView | undefined {
    return this.#answered ?? this.#read.value?.view
  }
  get failure(): CommandFailure | undefined {
    return this.#read.failure
  }
  get question(): QuestionView | null {
    return this.view?.question ?? null
  }
  /** The question looked at again that is on the screen: what is asked for may still be on its way. */
  get shown(): string {
    return this.#answered ? '' : (this.#read.value?.at ?? '')
  }
  get done(): number {
    return this.view?.asked.length ?? 0
  }
  /** Place of the question on the screen, from 1. */
  get number(): number {
    return (this.shown && this.view ? this.view.asked.indexOf(this.shown) : this.done) + 1
  }

  /** Shows the question before; says false at the first. */
  before(): boolean {
    const earlier = this.view?.asked[this.number - 2]
    if (earlier) this.#again = earlier
    return earlier !== undefined
  }

  /** Shows what a command answered. */
  took(view: DiagnosisView): void {
    this.#answered = view
    this.#again = ''
    this.turn += 1
  }

  /** Keeps an answer; fails as the core does. */
  async answer(given: Partial<AnswerQuestion>): Promise<void> {
    const question = this.question
    if (!question || this.busy) return
    this.busy = true
    try {
      this.took(await tablet.call('answer_question', { diagnosis: this.#diagnosis(), question: question.question, choices: [], typed: null, silence: '', again: this.shown !== '', ...given }))
    } finally {
      this.busy = false
    }
  }
}
