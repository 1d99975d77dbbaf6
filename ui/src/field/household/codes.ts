// Codes that a household file and a passage offer as chips, in the domain's order; their words are in the catalogue.

/** Themes of needs. */
export const NEEDS = ['papiers', 'famille', 'social_sante', 'travail_formation', 'logement', 'transports', 'argent_impots', 'justice', 'etranger', 'loisirs_sport_culture', 'numerique']

/** What helps a household. */
export const ACCESS_NEEDS = [
  'reading_help',
  'writing_help',
  'french_beginner',
  'interpreter',
  'hearing',
  'vision',
  'mobility',
  'no_phone',
  'no_internet',
  'no_digital_skill',
  'needs_accompaniment',
  'schedule_constraint',
]

/** Languages offered first; any other one of the file is shown too (ISO 639-3). */
export const LANGUAGES = ['fra', 'ara', 'eng', 'tur', 'por', 'rus', 'ukr', 'ron', 'fas', 'pus', 'spa', 'wol', 'kab', 'zho']

/** How the information was given. */
export const MODES = ['oral', 'signed', 'interpreter']

/** Agreement to keep a name and a phone. */
export const BY_NAME = 'record_nominative'

/** Purposes that a person is asked about: always shown, also when nothing was said yet. */
export const ASKED = [BY_NAME, 'recontact']

/** With or without one code. */
export const toggled = (codes: readonly string[], code: string): string[] => (codes.includes(code) ? codes.filter((one) => one !== code) : [...codes, code])

/** Age bands, youngest first. */
export const AGE_BANDS = ['under_12', '12_17', '18_24', '25_39', '40_59', '60_69', 'over_70']

/** Structures that may know a household; the first says that none does. */
export const KNOWN_BY = ['none', 'centre_social', 'france_services', 'ccas', 'mds', 'caf', 'france_travail', 'mission_locale', 'bailleur_social', 'ecole', 'association', 'autre']

/** When a household last went to a public service. */
export const LAST_CONTACTS = ['this_month', 'this_year', 'over_year', 'never', 'unknown']

/** Agreement to be quoted. */
export const QUOTED = 'verbatim_quote'
