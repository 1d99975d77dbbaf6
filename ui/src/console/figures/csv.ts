// Tables as CSV that a spreadsheet opens as it is: UTF-8 with its mark, semicolons, and no cell that it would compute.

/** Signs that make a spreadsheet compute a cell (OWASP, CSV injection). */
const COMPUTED = /^[=+\-@\t\r]/

/** One cell: a number as it is; a text quoted, and told to be a text when it looks like a formula. */
export function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = COMPUTED.test(value) ? `'${value}` : value
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A whole file. */
export const csv = (rows: readonly (readonly (string | number | null)[])[]): string => '\ufeff' + rows.map((row) => row.map(cell).join(';')).join('\r\n') + '\r\n'

/** Gives a file to the browser. */
export function save(name: string, content: BlobPart, type = 'text/csv;charset=utf-8'): void {
  const address = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
