// What is offered and counted at an action, in the domain's order; the words are in the catalogue.

import * as codes from '../../shared/tr/codes.gen'
import * as tr from '../../shared/tr/action.gen'
import * as heard from '../../shared/tr/heard.gen'

export const KINDS = ['pied_immeuble', 'stand', 'caravane_acces_droits', 'rencontre_informelle', 'animation_seniors', 'accueil_nouveaux_habitants', 'atelier_collectif', 'reunion_habitants', 'autre']
export const PLACES = ['pied_immeuble', 'hall', 'marche', 'ecole', 'parc', 'centre_commercial', 'arret_transport', 'parking', 'local_partage', 'centre_social', 'autre']
export const BANDS = ['under_12', '12_17', '18_24', '25_39', '40_59', '60_69', 'over_70', 'nc']
export const GENDERS = ['f', 'm', 'nc']
export const OTHERS = ['informed', 'see_again']
export const REASONS = ['weather', 'partner', 'other']
/** It goes on. */
export const OPEN = 'confirmed'

export const bandText = (band: string): string => (band === 'nc' ? tr.ageUnknown() : heard.ageBand({ code: `b${band}` }))

/** What a code counts, in words. */
export function countedText(code: string): string {
  const [what, one = '', gender = ''] = code.split(':')
  if (what === 'age') return tr.who({ band: bandText(one), gender: tr.gender({ code: gender }) })
  if (what === 'need') return codes.need({ code: one })
  return tr.other({ code })
}
