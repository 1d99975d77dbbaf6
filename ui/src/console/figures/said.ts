// The words of a line of a table of figures: codes have theirs in the catalogues, rights and services bring their names.

import type { Figure, FigureLine } from '../../backend/console'
import * as action from '../../shared/tr/action.gen'
import * as codes from '../../shared/tr/codes.gen'
import * as diagnosis from '../../shared/tr/diagnosis.gen'
import * as tr from '../../shared/tr/figures.gen'
import * as heard from '../../shared/tr/heard.gen'
import * as referral from '../../shared/tr/referral.gen'

const WORDS: Record<string, (code: string) => string> = {
  outcomes: (code) => codes.outcome({ code }),
  needs: (code) => codes.need({ code }),
  last_contact: (code) => heard.last({ code }),
  non_take_up_types: (code) => diagnosis.nonTakeUp({ code }),
  motives: (code) => diagnosis.motive({ code }),
  action_kinds: (code) => action.kind({ code }),
  bands: (code) => (code === 'nc' ? action.ageUnknown() : heard.ageBand({ code: `b${code}` })),
  heard: (code) => codes.need({ code }),
  referral_states: (code) => referral.referralState({ code }),
  referral_needs: (code) => codes.need({ code }),
  sources: (code) => referral.source({ code }),
  attended: () => tr.gone(),
}

/** What a line counts. */
export const lineText = (table: string, line: FigureLine): string => line.name || (WORDS[table]?.(line.code) ?? line.code)

/** An institution that a figure is about. */
export const aboutCode = (code: string): string => heard.object({ code })

/** What a figure is about; empty for most. */
export const aboutText = (figure: Figure): string => (figure.about ? aboutCode(figure.about) : '')
