// The alarm of the planned return: two short notes, again and again, and a vibration where the tablet has one. No sound file.

const EVERY_MS = 4_000
const VIBRATION_MS = [300, 150, 300]

function note(audio: AudioContext, hertz: number, at: number): void {
  const tone = audio.createOscillator()
  const volume = audio.createGain()
  tone.frequency.value = hertz
  volume.gain.setValueAtTime(0.4, at)
  volume.gain.exponentialRampToValueAtTime(0.001, at + 0.45)
  tone.connect(volume).connect(audio.destination)
  tone.start(at)
  tone.stop(at + 0.5)
}

/** Rings until the function it returns is called. */
export function ring(): () => void {
  const audio = 'AudioContext' in window ? new AudioContext() : undefined
  const once = (): void => {
    if (audio) {
      note(audio, 880, audio.currentTime)
      note(audio, 660, audio.currentTime + 0.5)
    }
    // A page nobody has touched yet may not vibrate.
    if ('vibrate' in navigator && navigator.userActivation?.hasBeenActive) navigator.vibrate(VIBRATION_MS)
  }
  once()
  const timer = setInterval(once, EVERY_MS)
  return () => {
    clearInterval(timer)
    void audio?.close()
  }
}
