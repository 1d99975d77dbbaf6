// Every page and dialog of the console, with real content: axe without violation, contrast, no overflow when the text is large or the window narrow, the keyboard alone.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import { desk } from './console-desk.mjs'
import { HOSTILE, dwellings, structures, zones } from './console-files.mjs'
import { pair } from './console-team.mjs'
import { contrast, overflow, targets } from './measure.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** Least contrast of text on its ground (issue: 7). */
const CONTRAST = 7
/** Least target of a pointer, in CSS pixels: above the 24 of WCAG 2.2 AA. */
const TARGET = 32
/** Sizes a page must hold in: window and text. */
const ROOMS = [
  { width: 1280, height: 800, percent: 100 },
  { width: 1280, height: 800, percent: 200 },
  { width: 768, height: 1024, percent: 100 },
  { width: 320, height: 640, percent: 100 },
  { width: 640, height: 800, percent: 200 },
]

let hall
let team
before(async () => {
  hall = await desk()
  team = await pair(hall.office)
  await team.disagree('101', HOSTILE.join(' '), 'Repasser avec Louis, le jeudi après 17 h.')
  for (const hand of [team.samia, team.karim]) {
    await hand.call('record_visit', { door: team.door('102'), outcome: 'callback', callback: 'evening' })
    await hand.call('sync_now')
  }
})
after(async () => {
  await team?.close()
  await hall?.close()
})

async function check(name) {
  const { page } = hall
  const found = await page.evaluate(
    async ([source, tags]) => {
      if (!window.axe) (0, eval)(source)
      const { violations } = await window.axe.run(document, { runOnly: { type: 'tag', values: tags } })
      return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`)
    },
    [axe, RULES],
  )
  assert.deepEqual(found, [], `${name}: axe`)
  assert.deepEqual(await contrast(page, CONTRAST), [], `${name}: text under ${CONTRAST}:1`)
  for (const { width, height, percent } of ROOMS) {
    await page.setViewportSize({ width, height })
    await page.evaluate((percent) => document.documentElement.style.setProperty('font-size', `${(17 * percent) / 100}px`), percent)
    assert.deepEqual(await overflow(page), [], `${name}: overflow at ${width} px and ${percent} %`)
    assert.deepEqual(await targets(page, TARGET), [], `${name}: targets at ${width} px and ${percent} %`)
  }
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'))
}

const button = (name) => hall.page.getByRole('button', { name, exact: true })
const close = () => hall.page.keyboard.press('Escape')

test('The login', async () => {
  await hall.open()
  await button('Se connecter').waitFor()
  await check('login')
})

test('The page of a partner with a slip', async () => {
  const { page } = hall
  await page.getByRole('link', { name: /avec un bon/ }).click()
  await page.getByLabel('Code du bon').fill('ABCD-EFGH-J')
  await button('Continuer').click()
  await page.getByRole('alert').filter({ hasText: 'Un caractère du code est faux' }).waitFor()
  await check('slip')
  await page.getByRole('link', { name: 'Espace de coordination' }).click()
  await button('Se connecter').waitFor()
})

test('The login opens the console', () => hall.signIn())

const PAGES = [
  ['Tableau de bord', /^Semaine/],
  ['Couverture', 'Couverture par immeuble'],
  ['Visites', 'Visites'],
  ['Points à trancher', 'Points à trancher'],
  ['Indicateurs', 'Indicateurs'],
  ['Doublons', 'Doublons'],
  ['Équipe et secteurs', 'Équipe et secteurs'],
  ['Tablettes', 'Tablettes'],
  ['Aide et état', 'Aide et état'],
]
for (const [link, heading] of PAGES) {
  test(link, async () => {
    await hall.go(link, heading)
    await hall.page.getByText('Chargement…').waitFor({ state: 'detached' })
    if (link === 'Couverture') await hall.page.getByRole('button', { name: /^Voir les/ }).first().click()
    await check(link)
  })
}

for (const choice of ['Les quartiers', 'Les années']) {
  test(`Figures side by side: ${choice}`, async () => {
    await hall.go('Indicateurs', 'Indicateurs')
    await button(choice).click()
    await hall.page.getByRole('columnheader', { name: 'Ce qui est compté' }).first().waitFor()
    await check(choice)
  })
}

test('A release: what it hides, what it warns of, its files', async () => {
  await hall.go('Indicateurs', 'Indicateurs')
  await button('Voir ce qui sera masqué').click()
  await button('Figer et numéroter').click()
  await hall.page.locator('dialog[open]').waitFor()
  await check('freeze')
  await hall.page.getByRole('dialog').getByRole('button', { name: 'Figer et numéroter' }).click()
  await hall.page.getByText('Bilan n° 1 publié.').waitFor()
  await hall.page.getByLabel('Modèle').selectOption('libre')
  await check('released')
})

test('Two visits that may be one, and a notice', async () => {
  await hall.go('Points à trancher')
  await button('Garder les deux').click()
  await hall.page.getByRole('region', { name: /^Une visite ou deux/ }).waitFor()
  await check('same visit')
  await button('Ce sont deux visites').click()
  await hall.page.getByText('Rien à trancher.').waitFor()
  await check('decided')
})

const DIALOGS = [
  ['Équipe et secteurs', 'Ajouter une structure'],
  ['Équipe et secteurs', 'Ajouter une personne'],
  ['Équipe et secteurs', 'Ajouter un secteur'],
  ['Équipe et secteurs', 'Ajouter un numéro'],
  ['Tablettes', 'Perdue ou volée'],
  ['Aide et état', 'Ajouter un compte'],
  ['Aide et état', 'Changer mon mot de passe'],
]
for (const [link, name] of DIALOGS) {
  test(`Dialog: ${name}`, async () => {
    await hall.go(link)
    await button(name).first().click()
    await hall.page.locator('dialog[open]').waitFor()
    await check(name)
    await close()
    await hall.page.locator('dialog[open]').waitFor({ state: 'detached' })
  })
}

test('Dialog: a one-time code', async () => {
  await hall.go('Tablettes')
  await button('Ajouter une tablette').click()
  await check('for whom')
  await button('Créer le code').click()
  await hall.page.getByRole('img', { name: /Code QR/ }).waitFor()
  await check('code')
  await close()
})

test('An import and its report', async () => {
  const { page } = hall
  await hall.go('Importer', 'Importer un territoire')
  for (const [file, label] of [[zones(), 'Contours'], [structures(), 'Structures'], [dwellings(), 'Logements']]) await page.getByLabel(`Choisir un fichier ${label}`).setInputFiles(file)
  await page.getByLabel('Source').nth(2).fill('Bailleur des Essais')
  await page.getByLabel('Secteur des nouveaux logements').selectOption({ index: 1 })
  await button('Essayer sans rien écrire').click()
  await page.getByRole('heading', { name: /rien n’est encore écrit/ }).waitFor()
  const closed = page.locator('details:not([open]) > summary')
  while (await closed.count()) await closed.first().click()
  await check('import')
})

test('The keyboard alone: the first key jumps over the side bar, the pages follow in order', async () => {
  const { page } = hall
  await page.goto(`${hall.office.address}/coordination`)
  await page.getByRole('navigation').waitFor()
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Aller au contenu', 'the first stop jumps to the content')
  const seen = []
  for (let stop = 0; stop < 10; stop += 1) {
    await page.keyboard.press('Tab')
    seen.push(await page.evaluate(() => document.activeElement.querySelector('span').textContent))
  }
  assert.deepEqual(seen, ['Tableau de bord', 'Couverture', 'Visites', 'Indicateurs', 'Points à trancher', 'Doublons', 'Importer', 'Équipe et secteurs', 'Tablettes', 'Aide et état'], 'in the order of the side bar')
  await page.keyboard.press('Enter')
  await hall.title('Aide et état').waitFor()
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Aide et état', 'the title of the new page is read out')
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1', 'and what follows is one key away')
})

test('The page said no error', () => assert.deepEqual(hall.faults, [], 'no CSP breach, no exception'))
