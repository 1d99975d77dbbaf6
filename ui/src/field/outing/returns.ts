// Planned returns that a dialog offers.

import { duration } from '../../shared/dates'
import * as tr from '../../shared/tr/field.gen'

/** Minutes from now; 0 is none. */
export const RETURNS = [60, 120, 180, 240, 0] as const

/** What is proposed at the start: half a morning. */
export const RETURN_USUAL = 120

/** The choices as chips. */
export const returnOptions = () => RETURNS.map((minutes) => ({ code: minutes as number, text: minutes === 0 ? tr.outingNoReturn() : duration(minutes) }))
