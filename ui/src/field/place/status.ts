// Icon of each status of a door; the word, the border and the colour go with it.

import * as icons from '../../shared/icons'

/** The icon of a status; a door to do has none. */
export const STATUS_ICONS: Record<string, string> = {
  met: icons.check,
  absent: icons.home,
  declined: icons.cross,
  callback: icons.clock,
  vacant: icons.box,
  inaccessible: icons.lock,
  do_not_contact: icons.blocked,
  other: icons.info,
}
