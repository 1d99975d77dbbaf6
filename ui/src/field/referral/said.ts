// Services and referrals in the catalogue's words.

import type { ServiceLine } from '../../backend'
import { clock, dayOf } from '../../shared/dates'
import * as tr from '../../shared/tr/referral.gen'
import { when } from '../words'

const dayMonth = new Intl.DateTimeFormat('fr', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' })

/** A date (YYYY-MM-DD) in a sentence: "24 novembre 2026". */
export const dayText = (date: string): string => (date ? dayMonth.format(new Date(`${date.slice(0, 10)}T12:00:00Z`)) : '')

/** Whether one can go there now, in words. */
export function opening(line: ServiceLine): string {
  if (line.closed_to) return tr.serviceShut({ date: dayText(line.closed_to) })
  if (line.state === 'open') {
    const until = line.until
    if (!until) return tr.serviceOpenNow()
    return dayOf(until) === dayOf(new Date()) ? tr.serviceOpen({ until: clock(until) }) : tr.serviceOpen({ until: when(until) })
  }
  if (line.state === 'closed') return line.opens ? tr.serviceClosed({ opens: when(line.opens) }) : tr.serviceClosedNow()
  return line.opens ? tr.serviceUnknownOpens({ opens: when(line.opens) }) : tr.serviceUnknown()
}

/** The colour of an opening; the words say it too. */
export const openingTone = (line: ServiceLine): string => (line.state === 'open' ? 'met' : line.state === 'closed' ? 'refused' : 'back')

/** How long ago its line was verified. */
export function verified(line: ServiceLine): string {
  if (!line.verified_on) return tr.serviceNever()
  return line.stale ? tr.serviceStale({ date: dayText(line.verified_on) }) : tr.serviceVerified({ date: dayText(line.verified_on) })
}

const GOOD = ['accepted', 'appointment', 'attended', 'closed_success', 'received']
const BAD = ['declined_by_person', 'refused_by_partner', 'expired', 'revoked', 'no_show', 'cancelled_by_partner', 'closed_without_result', 'lost_contact', 'abandoned_by_person']

/** The colour of a state; the words say it too. */
export const stateTone = (state: string): string => (GOOD.includes(state) ? 'met' : BAD.includes(state) ? 'refused' : 'back')

/** What an outcome of the list of things to do is called: some words depend on what it is said of. */
export function outcomeText(kind: string, code: string): string {
  if (kind === 'task' && code === 'cancelled') return tr.say({ code: 'cancelled-task' })
  if (kind === 'right' && code === 'refused') return tr.say({ code: 'refused-right' })
  return tr.say({ code })
}
