// The four faces of the trust question, from "not at all" to "wholly".

import * as icons from '../../shared/icons'

export const LEVELS = [1, 2, 3, 4]
export const FACES: Record<number, string> = { 1: icons.face1, 2: icons.face2, 3: icons.face3, 4: icons.face4 }
export const LOOKS: Record<number, 'face1' | 'face2' | 'face3' | 'face4'> = { 1: 'face1', 2: 'face2', 3: 'face3', 4: 'face4' }
/** Whom one may be asked about, in the domain's order; the first is asked first. */
export const OBJECTS = ['services_publics', 'caf', 'ecole', 'bailleur', 'mairie', 'associations', 'mediateurs']
