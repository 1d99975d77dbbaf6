// Every screen of the field app, in the three themes: axe without violation, contrast, targets; no overflow when the text is large or the screen narrow.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import { contrast, overflow, targets } from './measure.mjs'
import { CLOSED, SCREENS, furnish } from './screens.mjs'
import { stage, tablet } from './stage.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** Least contrast of text on its ground, by theme (ux.md U10). */
const CONTRAST = { light: 7, dark: 7, sun: 12 }
/** Sizes a screen must hold in: window and text. */
const ROOMS = [
  { width: 800, height: 1280, percent: 200 },
  { width: 320, height: 640, percent: 100 },
  { width: 360, height: 640, percent: 200 },
  { width: 1280, height: 800, percent: 100 },
]

let hall
let things
before(async () => {
  hall = await stage()
})
after(() => hall?.close())

async function check(name) {
  const { page } = hall
  for (const [theme, least] of Object.entries(CONTRAST)) {
    await page.evaluate((theme) => (document.documentElement.dataset.theme = theme), theme)
    assert.deepEqual(await contrast(page, least), [], `${name}, ${theme}: text under ${least}:1`)
    const found = await page.evaluate(
      async ([source, tags]) => {
        if (!window.axe) (0, eval)(source)
        const { violations } = await window.axe.run(document, { runOnly: { type: 'tag', values: tags } })
        return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`)
      },
      [axe, RULES],
    )
    assert.deepEqual(found, [], `${name}, ${theme}: axe`)
  }
  assert.deepEqual(await targets(page), [], `${name}: targets under 56 px`)
  for (const { width, height, percent } of ROOMS) {
    await page.setViewportSize({ width, height })
    // The same two lines as the settings of the profile.
    await page.evaluate((percent) => {
      document.documentElement.dataset.text = String(percent)
      document.documentElement.style.setProperty('font-size', `${(19 * percent) / 100}px`)
    }, percent)
    assert.deepEqual(await overflow(page), [], `${name}: overflow at ${width} px and ${percent} %`)
    assert.deepEqual(await targets(page), [], `${name}: targets at ${width} px and ${percent} %`)
  }
  await page.setViewportSize({ width: 800, height: 1280 })
  await page.evaluate(() => {
    document.documentElement.dataset.text = '100'
    document.documentElement.style.setProperty('font-size', '19px')
  })
}

test('Ma journée, avant la première porte', async () => {
  await hall.go('')
  await hall.page.getByText('Avant la première porte').waitFor()
  await check('Ma journée, avant la première porte')
  const plan = await hall.stair(3, 4, '2 rue des Essais')
  await hall.go(`plan/${plan.stair}`)
  await hall.page.getByText('Avant la première porte').waitFor()
  await check('Plan, avant la première porte')
  things = await furnish(hall)
})

for (const [name, at] of [...SCREENS, ...CLOSED]) {
  test(name, async () => {
    await at(hall, things)
    await check(name)
    assert.deepEqual(hall.faults, [], 'the page says no error: no CSP breach, no exception')
  })
}

test('Choisir une phrase de passe', async () => {
  const { page, office } = hall
  const tab = await tablet({ keystore: false })
  try {
    await tab.call('enrol', await office.code('Louis'))
    await page.goto(tab.url)
    await page.getByLabel('Votre phrase de passe').waitFor()
    await check('Choisir une phrase de passe')
  } finally {
    await tab.close()
  }
})
