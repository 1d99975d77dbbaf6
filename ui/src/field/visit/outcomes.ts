// The outcomes a mediator picks: six on the sheet, the rarer ones under "Autre…".

import * as icons from '../../shared/icons'

/** An outcome's button. */
export interface OutcomeButton {
  code: string
  /** Class of its colours and border. */
  look: string
  path: string
}

/** In the order of the grid, three a row: the most frequent is last, nearest the thumb. */
export const SIX: OutcomeButton[] = [
  { code: 'opened_brief', look: 'met', path: icons.check },
  { code: 'callback', look: 'back', path: icons.clock },
  { code: 'declined', look: 'refused', path: icons.cross },
  { code: 'vacant', look: 'vacant', path: icons.box },
  { code: 'inaccessible', look: 'closed', path: icons.lock },
  { code: 'no_answer', look: 'absent', path: icons.home },
]

/** Under "Autre…", the ones a mediator meets most often first. */
export const OTHERS = [
  'opened_full',
  'language_barrier',
  'do_not_contact',
  'minor_alone',
  'moved_in',
  'moved_out',
  'deceased',
  'safety_withdrawal',
  'not_dwelling',
  'wrong_address',
] as const

/** After these the sheet stays: a note, needs or a file may follow. */
export const STAYS: ReadonlySet<string> = new Set(['opened_brief', 'opened_full', 'moved_in'])
