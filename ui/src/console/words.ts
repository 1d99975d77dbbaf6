// Dates, spans and shares in the catalogue's words.

import { clock, nearness } from '../shared/dates'
import * as codes from '../shared/tr/codes.gen'
import * as tr from '../shared/tr/console.gen'

const shortDate = new Intl.DateTimeFormat('fr', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' })

/** An instant in a sentence: "hier à 10 h 20". */
export function when(instant: string): string {
  const { near, day } = nearness(instant)
  // "10 h 20" stays on one line of a narrow cell.
  const at = { clock: clock(instant).replaceAll(' ', '\u00a0') }
  if (near === 'today') return tr.whenToday(at)
  if (near === 'yesterday') return tr.whenYesterday(at)
  if (near === 'tomorrow') return tr.whenTomorrow(at)
  return tr.whenDay({ day, ...at })
}

/** A date as people write it: "1 août 2024"; the words for none when it is empty. */
export const dateText = (date: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(date) ? shortDate.format(new Date(`${date}T12:00:00Z`)) : tr.dateUnknown())

/** A promised slot, which is a code or an instant. */
export const slotText = (slot: string): string => (/^\d{4}-/.test(slot) ? when(slot) : codes.slot({ code: slot }))

/** Minutes in words, in the largest unit that fits: "3 jours". */
export function span(minutes: number): string {
  if (minutes < 60) return tr.spanMinutes({ count: Math.max(1, Math.round(minutes)) })
  if (minutes < 48 * 60) return tr.spanHours({ count: Math.round(minutes / 60) })
  return tr.spanDays({ count: Math.round(minutes / (24 * 60)) })
}

/** A share of a total: "41 %", nothing of nothing is no share. */
export const share = (n: number, total: number): string => (total === 0 ? tr.none() : tr.percent({ n: Math.round((100 * n) / total) }))

/** Names in a list, or the words for none. */
export const names = (list: string[]): string => list.join(', ') || tr.none()
