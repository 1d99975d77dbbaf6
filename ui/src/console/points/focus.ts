// Where the focus goes when the card that had it is gone.

import type { Attachment } from 'svelte/attachments'

/** The next card is read out: its title takes the focus that the last decision left nowhere. */
export const takeFocus: Attachment<HTMLElement> = (title) => {
  if (document.activeElement === document.body) title.focus()
}
