// Why a bundle could not be made or read, in words.

import type { CommandFailure } from '../../backend/transport'
import * as codes from '../../shared/tr/codes.gen'
import { errorText } from '../tablet.svelte'

/** What to say, and what to do about it. */
export const bundleError = (failure: CommandFailure): string =>
  failure.code === 'bundle' ? codes.bundleRefusal({ code: failure.detail }) : errorText(failure)
