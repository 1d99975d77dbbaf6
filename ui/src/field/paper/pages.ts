// A page that the core made, given to the system as a file; the names of languages on paper.

import type { Printed } from '../../backend'
import { TONGUES } from '../resident/tongues'

/** How long the file's address stands, for the system to take it, in milliseconds. */
const TAKEN_MS = 60_000

/** Gives the PDF to the system: it opens, prints or shares it. */
export function hand(page: Printed): void {
  const bytes = Uint8Array.from(atob(page.pdf), (c) => c.charCodeAt(0))
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/pdf' }))
  const link = document.createElement('a')
  link.href = address
  link.download = page.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), TAKEN_MS)
}

/** A language by its own name. */
export const languageName = (code: string): string => TONGUES.find((one) => one.code === code)?.name ?? code
