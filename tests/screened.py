"""What every screen on the wall keeps, looked at in the page itself: the lamp, contrast, digits, and that everything has its room."""

from typing import Final

LAMP: Final = "rgb(255, 241, 0)"
"""The colour of what is called, and of nothing else."""

CALL_MIN: Final = 237
"""Font size in px of 120 mm on a 55-inch screen."""

YELLOW: Final = """lamp => [...document.querySelectorAll('body *')].flatMap(element => {
  const style = getComputedStyle(element)
  const yellow = ['color', 'backgroundColor', 'borderTopColor', 'outlineColor', 'fill'].some(name => style[name] === lamp)
  if (!yellow) return []
  const shown = element.closest('[data-ticket]')
  const kind = ['plate', 'chip', 'cell', 'laid', 'panel'].find(name => shown?.classList.contains(name)) ?? (shown ? 'row' : '')
  return [[kind, Number(shown?.dataset.ticket ?? 0)]]
})"""
"""Given the lamp's colour: [kind, ticket] of each element that has it; "" and 0 where it shows no ticket."""

WIDTHS: Final = """texts => texts.map(text => {
  const span = document.createElement('span')
  span.className = 'digits'
  span.textContent = text
  document.body.append(span)
  return span.getBoundingClientRect().width
})"""
"""Given texts: how wide each is in the digits of called numbers, px."""

PALE: Final = """() => {
  const luminance = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const ground = element => {
    for (let e = element; e; e = e.parentElement) {
      const { backgroundColor } = getComputedStyle(e)
      if (!/^rgba.*, 0\\)$/.test(backgroundColor)) return backgroundColor
    }
    return 'rgb(255, 255, 255)'
  }
  const contrast = (a, b) => (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05)
  return [...document.querySelectorAll('body *')].flatMap(element => {
    const icon = element.matches('svg.icon')
    const text = [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.textContent.trim())
    if (!(text || icon) || element.closest('script, noscript') || !element.getClientRects().length) return []
    const found = contrast(getComputedStyle(element).color, ground(element))
    return found < (icon ? 3 : 7) ? [`${element.className?.baseVal ?? element.className}: ${found.toFixed(1)}`] : []
  })
}"""
"""Texts below 7:1 and icons below 3:1."""

FITS: Final = """boxes => {
  const problems = []
  const say = (element, what) => problems.push(`${element.className?.baseVal ?? element.className}: ${what}: ${element.textContent.trim().slice(0, 40)}`)
  const shown = element => element.getClientRects().length > 0 && !element.closest('.visually-hidden')
  const range = document.createRange()
  const main = document.querySelector('main')
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode
    const element = text.parentElement
    if (!text.textContent.trim() || !shown(element)) continue
    range.selectNodeContents(text)
    const outer = (element.closest(boxes) ?? main).getBoundingClientRect()
    const inner = range.getBoundingClientRect()
    if (inner.left < outer.left - 1 || inner.right > outer.right + 1) say(element, 'sticks out of its box')
    if (element.closest('.digits, text')) continue // a line of 0.8 em: its glyphs, not its line box, are as high as its box
    if (inner.top < outer.top - 2 || inner.bottom > outer.bottom + 3) say(element, 'is cut')
  }
  const rects = [...main.querySelectorAll(boxes)].filter(shown).map(box => [box, box.getBoundingClientRect()])
  const page = main.getBoundingClientRect()
  for (const [box, a] of rects) {
    if (a.left < page.left - 1 || a.right > page.right + 1 || a.top < page.top - 1 || a.bottom > page.bottom + 1) say(box, 'leaves the page')
    if (box.scrollWidth > box.clientWidth + 1) say(box, 'is too full')
  }
  const apart = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1 || b.bottom <= a.top + 1
  for (const [i, [box, a]] of rects.entries()) for (const [other, b] of rects.slice(i + 1))
    if (!box.contains(other) && !other.contains(box) && !apart(a, b)) say(box, `covers ${other.className}`)
  for (const box of main.querySelectorAll(boxes)) {
    const parts = [...box.children].filter(part => shown(part) && !part.matches('svg, ul, ol, .film'))
      .map(part => { range.selectNodeContents(part); return [part, range.getBoundingClientRect()] })
    for (const [i, [part, a]] of parts.entries()) for (const [other, b] of parts.slice(i + 1))
      if (a.width && b.width && a.right > b.left + 1 && b.right > a.left + 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.35 * Math.min(a.height, b.height))
        say(part, `overlaps ${other.className}`)
  }
  return problems
}"""
"""Given a selector of boxes: text that sticks out of its box, boxes that leave the page or cover each other, parts that overlap."""
