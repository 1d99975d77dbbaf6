// The tablet in the resident's hands: their language, one tap an answer, and no way to anything else without the PIN.

import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { after, before, test } from 'node:test'
import { giveBack } from './screens.mjs'
import { PIN, doorOf, stage } from './stage.mjs'

const folder = fileURLToPath(new URL('../catalogue/resident', import.meta.url))
const read = (path) => JSON.parse(readFileSync(join(folder, path), 'utf8'))
/** Words of a sentence that a resident reads (ux.md U17). */
const WORDS_MAX = 9

let hall
let plan
let view
before(async () => {
  hall = await stage()
  plan = await hall.stair(2, 3)
  const file = await hall.call('open_household', { door: doorOf(plan, '101').id, language: 'fra', mode: 'oral', by_name: true, recontact: true })
  await hall.call('edit_person', { household: file.id, person: '', given_name: 'Awa', family_name: '', phone: '', birth_year: null })
  view = await hall.call('start_diagnosis', { door: doorOf(plan, '202').id, household: '', quick: true })
})
after(() => hall?.close())

const button = (name) => hall.page.getByRole('button', { name, exact: true })

test('Every language says every sentence, shortly, and none claims to be proof-read', () => {
  const languages = read('languages.json')
  assert.equal(languages.length, 12, 'French, plain French and ten others')
  const files = readdirSync(join(folder, 'words')).map((name) => name.replace('.json', ''))
  assert.deepEqual(languages.slice(1).map(({ code }) => code).sort(), files.sort(), 'each with its words')
  const keys = Object.keys(read('words/fr-facile.json').words)
  for (const code of files) {
    const { words, proofread } = read(`words/${code}.json`)
    assert.deepEqual(Object.keys(words), keys, `${code}: the same sentences`)
    console.log(`${code}: ${keys.length} sentences, ${Math.round((100 * proofread.length) / keys.length)} % proof-read`)
    for (const [key, text] of Object.entries(words)) {
      assert.ok(text.trim().length > 0, `${code} ${key} is empty`)
      for (const sentence of text.split(/[.!?؟]/)) assert.ok(sentence.trim().split(/\s+/).length <= WORDS_MAX, `${code} ${key}: more than ${WORDS_MAX} words`)
      const holes = (one) => (one.match(/\{\w+\}/g) ?? []).sort()
      assert.deepEqual(holes(text), holes(read('words/fr-facile.json').words[key]), `${code} ${key}: the same numbers`)
    }
    for (const key of proofread) assert.ok(key in words, `${code}: ${key} is proof-read and not there`)
  }
})

test('In Arabic the screen runs from right to left, French stands beneath, one tap is an answer', async () => {
  const { page } = hall
  await hall.go(`diagnostic/${view.id}`)
  await button('Montrer à l’habitant').click()
  await button('العربية').click()
  await page.getByRole('heading', { name: 'من يسكن هنا؟' }).waitFor()
  assert.equal(await page.locator('.resident').getAttribute('dir'), 'rtl')
  await page.getByText('Qui vit ici ?').waitFor()
  await page.getByText('Traduction non relue').waitFor()
  const size = await page.locator('#question').evaluate((element) => parseFloat(getComputedStyle(element).fontSize))
  assert.ok(size >= 28, `the sentence is large: ${size} px`)
  await page.getByRole('button', { name: 'شخص وحده' }).click()
  await page.waitForFunction(() => document.querySelector('#question')?.innerText !== 'من يسكن هنا؟')
  const kept = await hall.call('diagnosis', { diagnosis: view.id, question: '' })
  assert.equal(kept.asked.length, 1, 'it is durable')
})

test('Nothing else can be reached: not back, not by an address, not by a reload', async () => {
  const { page } = hall
  const locked = async (how) => {
    await page.locator('.resident').waitFor()
    assert.equal(await page.getByRole('navigation').count(), 0, `${how}: no way out`)
    assert.ok(!(await page.locator('body').innerText()).includes('Awa'), `${how}: nobody is named`)
  }
  for (const place of ['', 'batiments', `plan/${plan.stair}`, 'chercher', 'a-faire', 'moi', 'journal', 'envoi', 'urgence', 'orienter/', 'foyer/x', `diagnostic/${view.id}/droits`]) {
    await page.evaluate((hash) => (location.hash = `#/${hash}`), place)
    await locked(place)
  }
  await page.goBack()
  await locked('back')
  await page.reload()
  await locked('reload')
  await page.locator('#question').waitFor()
})

test('The alarm of the planned return rings, and nobody answers it without the PIN', async () => {
  const { page } = hall
  const { session } = await hall.call('app_state')
  await hall.call('start_outing', { sector: session.sectors[0].id, team: [], return_in_minutes: 5 })
  await hall.pass(302_000)
  await page.reload()
  const alarm = page.getByRole('alertdialog')
  await alarm.waitFor()
  assert.equal(await alarm.getByRole('button', { name: /finir la sortie/ }).count(), 0, 'the outing is not ended by whoever holds the tablet')
  // The names were hidden meanwhile: the PIN is asked for by itself.
  await page.getByText('Votre code, pour reprendre la tablette').waitFor()
  await hall.call('end_outing')
  await hall.call('unveil', { pin: PIN })
  await page.reload()
  await page.locator('#question').waitFor()
})

test('The PIN gives the tablet back, at the same question; a wrong one does not', async () => {
  const { page } = hall
  await button('Rendre la tablette').click()
  await giveBack(hall, '111222')
  await page.locator('dialog[open]').getByText('Ce n’est pas le bon code.').first().waitFor()
  await page.locator('.resident').waitFor()
  await giveBack(hall)
  await page.getByRole('button', { name: 'Question d’avant' }).waitFor()
  await page.getByText('Question 2').waitFor()
  assert.deepEqual(hall.faults, [])
})
