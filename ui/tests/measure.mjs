// What is measured on a screen, inside the page: overflow, targets, contrast. Each returns what is wrong, so that a failure says it.

/** Nothing stands out of the window sideways, and no scroller scrolls sideways. */
export const overflow = (page) =>
  page.evaluate(() => {
    const wrong = []
    const width = document.documentElement.clientWidth
    if (document.scrollingElement.scrollWidth > width) wrong.push(`page ${document.scrollingElement.scrollWidth} > ${width}`)
    for (const element of document.querySelectorAll('body *')) {
      const style = getComputedStyle(element)
      if (style.position === 'absolute' && style.clipPath !== 'none') continue
      const box = element.getBoundingClientRect()
      if (box.width === 0 || box.height === 0) continue
      const name = `${element.tagName.toLowerCase()}.${element.className?.baseVal ?? element.className} "${element.textContent.trim().slice(0, 30)}"`
      if (box.right > width + 1 || box.left < -1) wrong.push(`${name} from ${Math.round(box.left)} to ${Math.round(box.right)} of ${width}`)
      if (/auto|scroll/.test(style.overflowX) && element.tagName !== 'TEXTAREA' && element.scrollWidth > element.clientWidth + 1) wrong.push(`${name} scrolls sideways`)
    }
    return wrong.slice(0, 5)
  })

/** Every target of a finger is at least this large both ways, in CSS pixels (issue: 56). */
export const targets = (page, least = 56) =>
  page.evaluate((least) => {
    const wrong = []
    for (const element of document.querySelectorAll('a[href], button, input, select, textarea, summary')) {
      if (!element.checkVisibility() || element.closest('dialog') !== (document.querySelector('dialog[open]') ?? null)) continue
      const box = element.getBoundingClientRect()
      if (box.width < least - 0.5 || box.height < least - 0.5) wrong.push(`"${(element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 30)}" ${Math.round(box.width)}×${Math.round(box.height)}`)
    }
    return wrong
  }, least)

/** Every text stands out of its ground by at least this ratio (WCAG 2.2 formula); stripes count by their worst colour. */
export const contrast = (page, least) =>
  page.evaluate((least) => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
    const rgba = (text) => {
      canvas.clearRect(0, 0, 1, 1)
      canvas.fillStyle = text
      canvas.fillRect(0, 0, 1, 1)
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data
      return { r, g, b, a: a / 255 }
    }
    const light = ({ r, g, b }) => {
      const part = (value) => ((value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
      return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
    }
    const ratio = (one, other) => {
      const [low, high] = [light(one), light(other)].sort((a, b) => a - b)
      return (high + 0.05) / (low + 0.05)
    }
    const grounds = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const style = getComputedStyle(at)
        const stripes = style.backgroundImage === 'none' ? [] : (style.backgroundImage.match(/rgba?\([^)]*\)|color\([^)]*\)|#[0-9a-f]+/gi) ?? [])
        if (stripes.length) return stripes.map(rgba)
        const colour = rgba(style.backgroundColor)
        if (colour.a === 1) return [colour]
      }
      return [{ r: 255, g: 255, b: 255 }]
    }
    const wrong = new Set()
    const open = document.querySelector('dialog[open]')
    const walker = document.createTreeWalker(open ?? document.body, NodeFilter.SHOW_TEXT)
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      const element = text.parentElement
      if (!text.data.trim() || !element.checkVisibility() || element.closest('.only-read, script, style, option')) continue
      const ink = rgba(getComputedStyle(element).color)
      const worst = Math.min(...grounds(element).map((ground) => ratio(ink, ground)))
      if (worst < least) wrong.add(`"${text.data.trim().slice(0, 30)}" ${worst.toFixed(2)}`)
    }
    return [...wrong]
  }, least)
