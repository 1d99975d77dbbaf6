// The core behind the tablet's window. Nothing outside this folder names Tauri.

import { invoke } from '@tauri-apps/api/core'
import { listen } from '@tauri-apps/api/event'
import { failureOf, type Transport } from './transport'

/** Calls the commands through the window's IPC. */
export const tauriTransport: Transport = {
  async call(name, request) {
    try {
      return await invoke('call', { name, request })
    } catch (error) {
      throw failureOf(error)
    }
  },
  onChanged(heard) {
    const stopped = listen<{ areas: string[] }>('changed', (event) => heard(event.payload.areas))
    return () => void stopped.then((stop) => stop())
  },
}
