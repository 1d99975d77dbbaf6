// Counts down the seconds a wrong PIN imposes. Lock-out only waits: nothing is ever erased.

/** A countdown that a screen shows. */
export class Wait {
  /** Seconds left; 0 when one may try. */
  left = $state(0)
  #timer: ReturnType<typeof setInterval> | undefined

  /** Begins again from `seconds`. */
  begin(seconds: number): void {
    clearInterval(this.#timer)
    const until = Date.now() + seconds * 1000
    this.left = seconds
    if (seconds === 0) return
    this.#timer = setInterval(() => {
      this.left = Math.max(0, Math.ceil((until - Date.now()) / 1000))
      if (this.left === 0) clearInterval(this.#timer)
    }, 1000)
  }

  /** Stops counting: the screen is gone. */
  stop(): void {
    clearInterval(this.#timer)
  }
}
