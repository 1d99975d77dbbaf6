// What a resident reads: sentences of `catalogue/resident/words`, one file a language, loaded when it is chosen. A sentence that has no
// translation is shown in French.

import type { ChoiceView, QuestionView } from '../../backend'
import languages from '../../../catalogue/resident/languages.json'
import * as french from '../diagnosis/said'

/** A language, by its own name. */
export interface Tongue {
  code: string
  name: string
  dir: 'ltr' | 'rtl'
  /** As records name it (ISO 639-3). */
  iso3: string
}

/** The words of a language. */
export interface Words {
  /** Keys that a person proof-read. */
  proofread: string[]
  words: Record<string, string>
}

/** A sentence as it is shown. */
export interface Said {
  text: string
  /** In the resident's language; else it is the French one. */
  translated: boolean
  proofread: boolean
}

export const TONGUES: readonly Tongue[] = languages.map(({ code, name, dir, iso3 }) => ({ code, name, dir: dir === 'rtl' ? 'rtl' : 'ltr', iso3 }))
const FILES = import.meta.glob<{ default: Words }>('../../../catalogue/resident/words/*.json')

/** The words of a language; none for French. */
export async function load(code: string): Promise<Words | undefined> {
  const file = FILES[`../../../catalogue/resident/words/${code}.json`]
  return file ? (await file()).default : undefined
}

const variant = (key: string): string => key.replaceAll('.', '-')
const filled = (text: string, values: Record<string, number>): string => Object.entries(values).reduce((all, [name, value]) => all.replace(`{${name}}`, String(value)), text)

/** Speaks a language. */
export class Speaker {
  readonly #words: Words | undefined

  constructor(words: Words | undefined) {
    this.#words = words
  }

  /** A sentence by its key; the French one when the language lacks it. */
  say(key: string, fallback: string, values: Record<string, number> = {}): Said {
    const text = this.#words?.words[key]
    if (text === undefined) return { text: fallback, translated: this.#words === undefined, proofread: this.#words === undefined }
    return { text: filled(text, values), translated: true, proofread: this.#words?.proofread.includes(key) ?? false }
  }

  sentence(question: QuestionView): Said {
    // The sentences speak to who reads: of another adult it is asked in French, and the mediator says it.
    const ofAnother = question.whom === 'adult' && question.person > 1
    const own = ofAnother || question.unit === 'year' || question.unit === 'month' ? '' : `q.${variant(question.key)}`
    return this.say(own, french.sentence(question))
  }

  whom(question: QuestionView): string {
    const text = french.whom(question)
    const key = question.whom === 'adult' && question.people > 1 ? 'w.adult' : question.whom === 'child' ? 'w.child' : ''
    return key ? this.say(key, text, { number: question.person }).text : ''
  }

  answer(question: QuestionView, choice: ChoiceView): Said {
    const fallback = french.answer(question, choice)
    const { min, max } = choice
    if (min !== null) {
      if (question.unit === 'euros') return max === null ? this.say('band-above', fallback, { min }) : min <= 1 ? this.say('band-below', fallback, { max }) : this.say('band-between', fallback, { min, max })
      if (question.unit === 'age') {
        if (max === null) return this.say('ages-above', fallback, { min })
        if (min === max) return min === 0 ? this.say('age-less', fallback) : this.say('age-of', fallback, { age: min })
        return min === 14 ? this.say('ages-below', fallback, { max: max + 1 }) : this.say('ages-between', fallback, { min, max })
      }
      // Months, and how long something lasted: in French until a language says them.
      return question.unit === 'month' || question.unit === 'lasted' ? this.say('', fallback) : { text: fallback, translated: true, proofread: true }
    }
    if (question.unit === 'child' && choice.code !== 'aucun') return this.say('w.child', fallback, { number: Number(choice.code) + 1 })
    // Of children, "none" answers "is there one?".
    if (choice.code === 'aucun' && question.unit !== 'words') return this.say(question.unit === 'child' ? 'a.non' : 'a.aucun', fallback)
    if (['oui', 'non'].includes(choice.code)) return this.say(`a.${choice.code}`, fallback)
    return this.say(`a.${variant(question.key)}-${choice.code}`, fallback)
  }

  word(key: 'unknown' | 'refused' | 'confirm' | 'end' | 'back', fallback: string): Said {
    return this.say(`w.${key}`, fallback)
  }
}
