// What the compiled catalogue needs of French: plural categories and grouped digits.

const plurals = new Intl.PluralRules('fr')
const digits = new Intl.NumberFormat('fr')

/** The plural category of a count ("one" for 0 and 1 in French). */
export const plural = (count: number): string => plurals.select(count)

/** An argument as it reads in a sentence: numbers in groups of three (by a space that the font draws), text as it is. */
export const show = (value: string | number): string => (typeof value === 'number' ? digits.format(value).replaceAll('\u202f', '\u00a0') : value)
