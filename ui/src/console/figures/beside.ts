// Columns side by side: the same figure of each place or year on one line, and how far it is from the column of reference.

import type { Figure, FigureColumn, FigureGroup } from '../../backend/console'

/** One number of a column; undefined where that column has no such line. */
export interface Cell {
  count: number | null
  of: number | null
  aside: number | null
}

/** A figure, or a line of a table, over all columns. */
export interface Line {
  /** Code of the figure or of the line. */
  code: string
  /** Whom it is about, or the name that a line of a table brings. */
  name: string
  cells: (Cell | undefined)[]
}

/** A subject over all columns. */
export interface BesideGroup {
  code: string
  figures: Line[]
  tables: { code: string; lines: Line[] }[]
}

const key = (figure: Figure): string => `${figure.code} ${figure.about}`

/** The lines of all columns, in the order of the first that has them. */
export function side(columns: readonly FigureColumn[]): BesideGroup[] {
  const codes = columns[0]?.groups.map((group) => group.code) ?? []
  return codes.map((code) => {
    const groups = columns.map((column) => column.groups.find((group) => group.code === code))
    return { code, figures: figures(groups), tables: tables(groups) }
  })
}

function figures(groups: readonly (FigureGroup | undefined)[]): Line[] {
  const found = new Map<string, Line>()
  for (const group of groups) for (const one of group?.figures ?? []) if (!found.has(key(one))) found.set(key(one), { code: one.code, name: one.about, cells: [] })
  for (const [name, line] of found) line.cells = groups.map((group) => group?.figures.find((one) => key(one) === name))
  return [...found.values()]
}

function tables(groups: readonly (FigureGroup | undefined)[]): { code: string; lines: Line[] }[] {
  const codes = [...new Set(groups.flatMap((group) => group?.tables.map((table) => table.code) ?? []))]
  const whole = codes.map((code) => {
    const found = new Map<string, Line>()
    const of = groups.map((group) => group?.tables.find((table) => table.code === code)?.lines ?? [])
    for (const lines of of) for (const line of lines) if (!found.has(line.code)) found.set(line.code, { code: line.code, name: line.name, cells: [] })
    // Nobody of that code there: a zero, not a silence.
    for (const [name, line] of found) line.cells = of.map((lines) => ({ count: lines.find((one) => one.code === name)?.count ?? 0, of: null, aside: null }))
    return { code, lines: [...found.values()] }
  })
  return whole.filter((table) => table.lines.length > 0)
}

/** How far a number is from the reference: in points of percent where both are shares, else in units; undefined where one is missing. */
export function distance(cell: Cell | undefined, reference: Cell | undefined): { by: number; points: boolean } | undefined {
  if (cell?.count == null || reference?.count == null) return undefined
  if (cell.of === null && reference.of === null) return { by: cell.count - reference.count, points: false }
  if (!cell.of || !reference.of) return undefined
  return { by: Math.round((100 * cell.count) / cell.of) - Math.round((100 * reference.count) / reference.of), points: true }
}
