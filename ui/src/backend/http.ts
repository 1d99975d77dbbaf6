// The core behind HTTP: the loopback host (field app in a browser) and the server (console).

import { ANYTHING, CommandFailure, failureOf, type Transport } from './transport'

/** Where the commands are, and what every request must carry. */
export interface HttpOptions {
  /** Before the command's name: `/cmd/`. */
  commands: string
  /** Address of the server-sent events, if the host has them. */
  events?: string
  /** Headers asked by the host (a CSRF token). */
  headers?: () => Record<string, string>
}

/** Posts each command as JSON; a refusal is a 4xx whose body is `{code, detail}`. */
export function httpTransport(options: HttpOptions): Transport {
  return {
    async call(name, request) {
      let response: Response
      try {
        response = await fetch(options.commands + name, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...options.headers?.() },
          body: JSON.stringify(request),
          credentials: 'same-origin',
        })
      } catch {
        throw new CommandFailure('unreachable', null)
      }
      const body: unknown = await response.json().catch(() => null)
      if (!response.ok) throw failureOf(body)
      return body
    },
    onChanged(heard) {
      if (!options.events) return () => {}
      const source = new EventSource(options.events)
      let missed = false
      source.onerror = () => (missed = true)
      source.onopen = () => {
        if (missed) heard([ANYTHING])
        missed = false
      }
      source.onmessage = (event: MessageEvent<string>) => heard((JSON.parse(event.data) as { areas: string[] }).areas)
      return () => source.close()
    },
  }
}
