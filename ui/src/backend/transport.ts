// How a page reaches the core. Two implementations, chosen at start: the tablet's window and HTTP.

/** Changes may have been missed (the link was down): whatever is shown is read again. */
export const ANYTHING = '*'

/** A way to call a command by name and to hear what changed. */
export interface Transport {
  /** Answers the command, or throws a `CommandFailure`. */
  call(name: string, request: unknown): Promise<unknown>
  /** Calls `heard` with the areas touched after each change, or with `ANYTHING`; returns how to stop. */
  onChanged(heard: (areas: string[]) => void): () => void
}

/** A command that refused. A screen decides on `code`; the words come from the catalogue. */
export class CommandFailure<Code extends string = string> extends Error {
  /** What the screen acts on. */
  readonly code: Code
  /** The argument of the message, never personal data. */
  readonly detail: string

  constructor(code: Code, detail: string | null | undefined) {
    super(code)
    this.code = code
    this.detail = detail ?? ''
  }
}

/** Reads a refusal whatever the host wrapped it in; what is not one is an `internal` fault. */
export function failureOf(error: unknown): CommandFailure {
  if (error instanceof CommandFailure) return error
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string') {
    const detail = 'detail' in error && typeof error.detail === 'string' ? error.detail : null
    return new CommandFailure(error.code, detail)
  }
  return new CommandFailure('internal', null)
}

/** Every command of a contract: its request and its answer. */
export type Contract<C> = { [Name in keyof C]: { request: unknown; answer: unknown } }

/** The commands of a contract, typed. */
export interface Backend<C extends Contract<C>> {
  call<Name extends keyof C & string>(name: Name, request: C[Name]['request']): Promise<C[Name]['answer']>
  onChanged(heard: (areas: string[]) => void): () => void
}

/** Gives a transport the types of a contract. */
export function backendOf<C extends Contract<C>>(transport: Transport): Backend<C> {
  return {
    call: (name, request) => transport.call(name, request) as Promise<C[typeof name]['answer']>,
    onChanged: (heard) => transport.onChanged(heard),
  }
}
