// The field app's backend: the window's when there is one, else the loopback host.

import type { Commands } from './field'
import { httpTransport } from './http'
import { backendOf, type Backend } from './transport'

export type * from './field'
export { CommandFailure } from './transport'

/** Chooses the host once, at start. */
export async function chooseBackend(): Promise<Backend<Commands>> {
  if ('__TAURI_INTERNALS__' in window) return backendOf<Commands>((await import('./tauri')).tauriTransport)
  return backendOf<Commands>(httpTransport({ commands: '/cmd/', events: '/events' }))
}
