// Choices, bands and amounts of a diagnosis in the catalogue's words.

import type { ChoiceView, QuestionView, RightLine } from '../../backend'
import * as tr from '../../shared/tr/diagnosis.gen'

/** A key of the core as a variant of the catalogue, which has no dots. */
const variant = (key: string): string => key.replaceAll('.', '-')

/** The sentence of a question. */
export function sentence(question: QuestionView): string {
  if (question.unit === 'year') return tr.askYear()
  return question.unit === 'month' ? tr.askMonth() : (question.sentence ?? tr.question({ key: variant(question.key) }))
}

/** What helps to answer it, often nothing. */
export const help = (question: QuestionView): string => tr.questionHelp({ key: variant(question.key) })

/** Whom it is about; nothing for the household. */
export function whom(question: QuestionView): string {
  if (question.whom === 'adult') return question.people > 1 ? tr.whomAdult({ number: question.person }) : tr.whomAlone()
  if (question.whom === 'child') return tr.whomChild({ number: question.person })
  return question.whom === 'children' ? tr.whomChildren() : ''
}

function amounts(min: number, max: number | null): string {
  if (max === null) return tr.bandAbove({ min })
  return min <= 1 ? tr.bandBelow({ max }) : tr.bandBetween({ min, max })
}

function ages(min: number, max: number | null): string {
  if (max === null) return tr.agesAbove({ min })
  return min === max ? tr.ageOf({ age: min }) : min === 14 ? tr.agesBelow({ max: max + 1 }) : tr.agesBetween({ min, max })
}

function lasted(min: number, max: number | null): string {
  if (max === null) return tr.lastedAbove({ min })
  return min === 0 ? tr.lastedBelow({ max }) : tr.lastedBetween({ min, max })
}

/** An answer in words. */
export function answer(question: QuestionView, choice: ChoiceView): string {
  const { min, max } = choice
  if (min !== null) {
    if (question.unit === 'euros') return amounts(min, max)
    if (question.unit === 'age') return ages(min, max)
    if (question.unit === 'lasted') return lasted(min, max)
    return question.unit === 'month' ? tr.month({ month: min }) : String(min)
  }
  if (question.unit === 'child') return choice.code === 'aucun' ? tr.answer({ code: 'enfants-aucun' }) : tr.whomChild({ number: Number(choice.code) + 1 })
  if (choice.code === 'aucun' && question.unit !== 'words') return tr.answer({ code: 'aucun' })
  return tr.answer({ code: ['oui', 'non'].includes(choice.code) ? choice.code : `${variant(question.key)}-${choice.code}` })
}

const euros = (cents: number): number => Math.round(cents / 100)

/** A most this many euros above its least says nothing useful: the least is told alone. */
const USEFUL_EUROS = 150
const tooWide = (min: number, max: number): boolean => max > 2 * min + USEFUL_EUROS

/** A range of cents as an amount a month or a year. */
function range([low, high]: [number, number], month: boolean): string {
  const [min, max] = [euros(low), euros(high)]
  if (min === max) return month ? tr.monthly({ cents: max }) : tr.yearly({ cents: max })
  if (min === 0) return month ? tr.monthlyUpTo({ max }) : tr.yearlyUpTo({ max })
  if (tooWide(min, max)) return month ? tr.monthlyFrom({ min }) : tr.yearlyFrom({ min })
  return month ? tr.monthlyBetween({ min, max }) : tr.yearlyBetween({ min, max })
}

/** What a right is worth, when that is told and more than nothing. */
export function worth(right: RightLine): string {
  if (right.monthly && right.monthly[1] > 0) return range(right.monthly, true)
  return right.yearly && right.yearly[1] > 0 ? range(right.yearly, false) : ''
}

/** What stands at the end of a right's line: its amount when it can be had, else its status. */
export const lineEnd = (right: RightLine): string => (right.status === 'claimable' && worth(right)) || tr.status({ status: right.status })

/** The colour of a status; the words say it too. */
export const tone = (status: string): string => (status === 'claimable' || status === 'held' || status === 'in_progress' ? 'met' : status === 'to_check' ? 'back' : 'absent')

/** What could be asked for a month, in euros; undefined when nothing is. */
export function sum(rights: readonly RightLine[]): string {
  const claimable = rights.filter((right) => right.status === 'claimable' && right.monthly)
  const total = (end: 0 | 1): number => euros(claimable.reduce((all, right) => all + (right.monthly?.[end] ?? 0), 0))
  const [min, max] = [total(0), total(1)]
  if (max === 0) return ''
  if (tooWide(min, max)) return tr.sumFrom({ min })
  return min === max ? tr.sum({ min }) : tr.sumBetween({ min, max })
}
