// The file of a bundle between the screen and the core: base64 on the core's side, bytes on the person's.

/** Kind that the file is offered as: no program but this one opens it. */
const KIND = 'application/octet-stream'

/** Reads a file that a person chose. */
export function read(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    // "data:…;base64,…"; an empty file has nothing after the comma, or no comma at all.
    reader.onload = () => resolve(String(reader.result).split(',', 2)[1] ?? '')
    reader.onerror = () => reject(new Error(reader.error?.name ?? 'read'))
    reader.readAsDataURL(file)
  })
}

/** Hands a file over as the browser does, where the core has no folder for it. */
export function save(name: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([bytes], { type: KIND }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
