// What people say, on the real screens: bands, links with services, words, trust, agreements in the resident's own hands.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { giveBack } from './screens.mjs'
import { stage } from './stage.mjs'

let hall
let door
let household

before(async () => {
  hall = await stage()
  const plan = await hall.stair(3, 4)
  door = (label) => plan.floors.flatMap((floor) => floor.doors).find((cell) => cell.label === label).id
  household = (await hall.call('open_household', { door: door('101'), language: 'fra', mode: 'oral', by_name: false, recontact: true })).id
})
after(() => hall?.close())

const button = (name) => hall.page.getByRole('button', { name, exact: true })
const sheet = () => hall.call('household', { household })
const kept = async (fits) => {
  for (let turn = 0; turn < 100; turn += 1) {
    if (fits(await sheet())) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  assert.fail('it was not kept')
}

test('A structure that knows them and none at all exclude each other', async () => {
  await hall.go(`foyer/${household}`)
  await button('CAF').click()
  await kept((file) => file.known_by.join() === 'caf')
  await button('D’aucune').click()
  await kept((file) => file.known_by.join() === 'none')
  await button('CAF').click()
  await kept((file) => file.known_by.join() === 'caf')
  await button('Plus d’un an').click()
  await kept((file) => file.last_contact === 'over_year')
})

test('Words are kept with an agreement to it, and leave with it', async () => {
  const { page } = hall
  await button('Noter une parole').click()
  assert.equal(await page.getByLabel('Ses mots').count(), 0, 'no field before the agreement')
  await button('La personne accepte d’être citée').click()
  await page.getByRole('group', { name: 'De quoi parle-t-elle ?' }).getByRole('button', { name: 'Logement' }).click()
  // The core is slow: the field is left while the words are on their way, and they are written once.
  let asked = 0
  let answer
  const slow = new Promise((resolve) => (answer = resolve))
  await page.route('**/cmd/say_verbatim', async (route) => {
    asked += 1
    await slow
    await route.continue()
  })
  const sent = page.waitForRequest('**/cmd/say_verbatim')
  await page.getByLabel('Ses mots').fill('On est cinq dans deux pièces.')
  await sent
  await page.getByLabel('Ses mots').blur()
  answer()
  await kept((file) => file.verbatims.length === 1 && file.agreements.some((line) => line.purpose === 'verbatim_quote' && line.status === 'granted'))
  await page.unroute('**/cmd/say_verbatim')
  assert.equal(asked, 1)
  await page.locator('li').filter({ hasText: 'Citer ses paroles' }).getByRole('button', { name: 'Retire son accord' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Retirer définitivement' }).click()
  await kept((file) => file.verbatims.length === 0)
})

test('Trust: one tap, the same day corrects it, and the code brings it back', async () => {
  const { page } = hall
  await hall.go(`confiance//${door('101')}`)
  await button('Plutôt pas').click()
  await page.locator('[aria-pressed=true]', { hasText: 'Plutôt pas' }).waitFor()
  await button('Plutôt oui').click()
  await page.locator('[aria-pressed=true]', { hasText: 'Plutôt oui' }).waitFor()
  const code = await page.locator('.code').innerText()
  await hall.pass(20 * 86_400_000)
  await hall.unlock()
  await hall.go('chercher')
  await page.getByRole('searchbox').fill(code.toLowerCase())
  await page.getByRole('link', { name: new RegExp(code) }).click()
  await page.getByText(/La première fois.*Plutôt oui/).waitFor()
  await button('Tout à fait').click()
  await button('Plus grande').click()
  await page.locator('[aria-pressed=true]', { hasText: 'Plus grande' }).waitFor()
  const again = await hall.call('trust', { slip: code })
  const [first] = again.objects
  assert.deepEqual([first.first, first.today, first.retro, first.earlier], [3, 4, 'more', 1])
})

test('The resident answers on four faces in their language, and sees nothing else', async () => {
  const { page } = hall
  await hall.go(`confiance//${door('102')}`)
  await button('La mairie').click()
  await button('Montrer à l’habitant').click()
  await button('Türkçe').click()
  await page.getByRole('heading', { name: 'Onlara güveniyor musunuz?' }).waitFor()
  await page.getByText('Belediye').waitFor()
  await page.getByText('La mairie : avez-vous confiance ?').waitFor()
  await page.evaluate(() => (location.hash = '#/chercher'))
  await page.reload()
  await page.getByRole('button', { name: /Biraz güveniyorum/ }).click()
  const code = await page.locator('.code').innerText()
  await button('Rendre la tablette').click()
  await giveBack(hall)
  await page.getByRole('heading', { level: 1, name: 'Confiance' }).waitFor()
  const { objects } = await hall.call('trust', { slip: code })
  assert.equal(objects.find((one) => one.object === 'mairie').today, 3)
})

test('Agreements given in the resident’s hands wait for the mediator, who keeps them', async () => {
  const { page } = hall
  await hall.go(`accord/${door('103')}`)
  await button('Montrer à l’habitant').click()
  await button('العربية').click()
  await page.getByRole('button', { name: /^نعم/ }).click()
  await page.getByRole('button', { name: /^رجوع/ }).click()
  await page.getByRole('button', { name: /^لا/ }).click()
  await page.getByRole('button', { name: /^نعم/ }).click()
  assert.equal((await hall.call('door', { door: door('103') })).household ?? '', '', 'nothing is recorded yet')
  await button('Rendre la tablette').click()
  await giveBack(hall)
  await page.getByText('La personne a répondu').waitFor()
  assert.equal(await button('Garder un nom et un téléphone').getAttribute('aria-pressed'), 'false')
  assert.equal(await button('Être rappelé ou revu').getAttribute('aria-pressed'), 'true')
  assert.equal(await button('arabe').getAttribute('aria-pressed'), 'true', 'the language it was read in')
  await button('La personne est d’accord').click()
  await page.getByRole('heading', { level: 1, name: 'Dossier du foyer' }).waitFor()
})

test('What was told to a service is taken back in one tap', async () => {
  const { page } = hall
  for (let turn = 0; turn < 50 && (await hall.call('services', { need: '', words: '', open_first: false, door: '' })).total === 0; turn += 1) await hall.call('sync_now')
  const { services } = await hall.call('services', { need: 'numerique', words: '', open_first: true, door: door('101') })
  await hall.call('refer', { household, door: door('101'), diagnosis: '', right: '', need: 'numerique', services: [services[0].key], urgent: false, means: 'slip', share: ['need'] })
  await hall.go(`foyer/${household}`)
  const line = page.locator('li').filter({ hasText: services[0].name }).filter({ hasText: 'votre besoin' })
  await line.getByRole('button', { name: 'Retire son accord' }).click()
  await line.getByText('Accord retiré').waitFor()
  await kept((file) => file.referrals[0].ended)
})

test('The page said no error', () => assert.deepEqual(hall.faults, []))
