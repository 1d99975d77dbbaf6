// Dates, floors and slots in the catalogue's words.

import { clock, nearness } from '../shared/dates'
import * as codes from '../shared/tr/codes.gen'
import * as tr from '../shared/tr/field.gen'

/** An instant in a sentence: "hier à 10 h 20". */
export function when(instant: string): string {
  const { near, day } = nearness(instant)
  const at = { clock: clock(instant) }
  if (near === 'today') return tr.whenToday(at)
  if (near === 'yesterday') return tr.whenYesterday(at)
  if (near === 'tomorrow') return tr.whenTomorrow(at)
  return tr.whenDay({ day, ...at })
}

/** A promised slot, which is a code or an instant. */
export const slotText = (slot: string): string => (/^\d{4}-/.test(slot) ? when(slot) : codes.slot({ code: slot }))

/** "Rez-de-chaussée", "4e étage", in a sentence or a menu. */
export const floorName = (floor: number): string => tr.floorName({ floor })
