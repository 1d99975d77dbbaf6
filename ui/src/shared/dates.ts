// Instants (UTC, RFC 3339) and dates (YYYY-MM-DD) as French people read them, in Europe/Paris whatever the tablet is set to.

const ZONE = 'Europe/Paris'
const parts = new Intl.DateTimeFormat('fr', { timeZone: ZONE, hour: 'numeric', minute: '2-digit', hour12: false })
const isoDay = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' })
const longDay = new Intl.DateTimeFormat('fr', { timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long' })
const nearDay = new Intl.DateTimeFormat('fr', { timeZone: ZONE, weekday: 'long', day: 'numeric' })
const farDay = new Intl.DateTimeFormat('fr', { timeZone: ZONE, day: 'numeric', month: 'short', year: 'numeric' })
const DAY_MS = 86_400_000

/** Time of day: "14 h 32", "14 h". */
export function clock(instant: string): string {
  const found = parts.formatToParts(new Date(instant))
  const hour = found.find((part) => part.type === 'hour')?.value ?? ''
  const minute = found.find((part) => part.type === 'minute')?.value ?? '00'
  return minute === '00' ? `${Number(hour)} h` : `${Number(hour)} h ${minute}`
}

/** Date of an instant: "2026-11-24". */
export const dayOf = (instant: string | Date): string => isoDay.format(new Date(instant))

/** A date as a title: "Mardi 24 novembre". */
export function dayTitle(date: string): string {
  const text = longDay.format(new Date(`${date}T12:00:00Z`))
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** How far a day is: the screen chooses the words. */
export type Nearness = 'today' | 'yesterday' | 'tomorrow' | 'week' | 'far'

/** How far the day of an instant is from now, and how it is written when it is neither today nor next to it. */
export function nearness(instant: string, now: Date = new Date()): { near: Nearness; day: string } {
  const apart = Math.round((Date.parse(dayOf(instant)) - Date.parse(dayOf(now))) / DAY_MS)
  const at = new Date(instant)
  if (apart === 0) return { near: 'today', day: '' }
  if (apart === -1) return { near: 'yesterday', day: '' }
  if (apart === 1) return { near: 'tomorrow', day: '' }
  if (Math.abs(apart) < 7) return { near: 'week', day: nearDay.format(at) }
  return { near: 'far', day: farDay.format(at) }
}

/** Minutes as "2 h 15", "45 min". */
export function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  if (hours === 0) return `${rest} min`
  return rest === 0 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, '0')}`
}
