// What comes from others on the screens of a tablet: a field with two writings, a change the centre refused, the sector of the outing.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { enrolled } from './console-team.mjs'
import { doorOf, stage } from './stage.mjs'

let hall
let karim
let file
let stair
before(async () => {
  hall = await stage()
  const plan = await hall.stair(2, 3)
  stair = plan.stair
  const door = doorOf(plan, '101').id
  await hall.call('record_visit', { door, outcome: 'opened_brief', callback: '' })
  file = (await hall.call('open_household', { door, language: 'fra', mode: 'oral', by_name: true, recontact: true })).id
  await hall.call('edit_person', { household: file, person: '', given_name: 'Awa', family_name: null, phone: null, birth_year: null })
  await hall.call('sync_now')
  karim = await enrolled(hall.office, 'Karim')
})
after(async () => {
  await karim?.close()
  await hall?.close()
})

const edit = (hand, note) => hand.call('edit_household', { household: file, ages: null, languages: null, access_needs: null, needs: null, known_by: null, last_contact: null, note })

test('A note that two people wrote keeps both, and one tap takes the other', async () => {
  const { page } = hall
  await edit(karim, 'Sonner deux fois.')
  await karim.call('sync_now')
  await edit(hall, 'Passer le soir.')
  await hall.call('sync_now')
  await hall.go(`foyer/${file}`)
  const other = page.locator('.other')
  await other.waitFor()
  const mine = await page.getByLabel('Note du dossier').inputValue()
  const theirs = await other.locator('blockquote').textContent()
  assert.deepEqual([mine, theirs].sort(), ['Passer le soir.', 'Sonner deux fois.'], 'both texts are there')
  assert.match(await other.locator('p').textContent(), /Samia|Karim/, 'with who wrote it')
  await other.getByRole('button').click()
  await other.waitFor({ state: 'detached' })
  const { note } = await hall.call('household', { household: file })
  assert.deepEqual([note.value, note.others], [theirs, []], 'the other one is kept, and nothing is left to settle')
})

// No honest tablet is refused for long (a lost sector's last changes are taken, an erasure forgets what it refuses): the core's
// answer is given what another version's centre might refuse.
test('Changes the centre refused are listed with their reason, and block nothing', async () => {
  const { page } = hall
  const at = new Date().toISOString()
  const quarantined = ['erased', 'not_allowed', 'invalid', 'of_a_later_version'].map((reason) => ({ kind: 'visit', at, reason }))
  await page.route('**/cmd/sync_status', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...(await response.json()), quarantined } })
  })
  await hall.call('sync_now')
  await hall.go('envoi')
  await page.getByRole('heading', { name: 'Refusés par le serveur : 4' }).waitFor()
  const lines = await page.locator('.warn li').allTextContents()
  const reasons = ['La personne a demandé l’effacement.', 'Ce profil n’a pas le droit d’écrire ici.', 'La forme n’est pas reconnue.', 'Raison non connue de cette version.']
  assert.deepEqual(lines.map((line) => line.split(' · ').at(-1)), reasons, 'each reason in words')
  for (const line of lines) assert.match(line, /^Passage aujourd’hui à /, 'what it was, and when')
  await page.getByText('Tout est envoyé.').waitFor()
  assert.ok(await page.getByRole('button', { name: 'Envoyer maintenant' }).isEnabled(), 'sending goes on')
  await page.unroute('**/cmd/sync_status')
})

test('« À moi » shows the sector of the outing alone', async () => {
  const { page } = hall
  const { session } = await hall.call('app_state')
  const all = (await hall.call('buildings')).buildings
  const sector = session.sectors.find((one) => all.some((building) => building.sector === one.id) && all.some((building) => building.sector !== one.id))
  assert.ok(sector, 'the tablet holds buildings of several sectors')
  await hall.call('start_outing', { sector: sector.id, team: [], return_in_minutes: 0 })
  await hall.go('batiments')
  await page.getByText(`${all.length} bâtiments`).waitFor()
  await page.getByRole('button', { name: 'À moi' }).click()
  const own = all.filter((building) => building.sector === sector.id)
  await page.getByText(`${own.length} bâtiment`).waitFor()
  assert.equal(await page.getByRole('article').count(), own.length, 'only those of the sector')
  await page.getByRole('button', { name: 'Tout', exact: true }).click()
  await page.getByText(`${all.length} bâtiments`).waitFor()
})

test('A stair is taken in one tap, a colleague sees it, and it is given back', async () => {
  const { page } = hall
  await hall.go(`plan/${stair}`)
  const mine = page.getByRole('button', { name: 'J’y suis' })
  await mine.click()
  await page.locator('[aria-pressed="true"]', { hasText: 'J’y suis' }).waitFor()
  await hall.call('sync_now')
  await karim.call('sync_now')
  const { taken_by } = await karim.call('stair_plan', { stair })
  assert.deepEqual([taken_by.who, taken_by.mine], ['Samia', false])
  await karim.call('take_stair', { stair, taken: true })
  await karim.call('sync_now')
  await hall.call('sync_now')
  assert.equal((await hall.call('stair_plan', { stair })).taken_by.mine, true, 'first come')
  await mine.click()
  await page.getByText('Karim passe dans cette cage').waitFor()
  await karim.call('take_stair', { stair, taken: false })
})

test('Another structure that knocked some days before is told above the doors', async () => {
  const { page } = hall
  const awa = await enrolled(hall.office, 'Awa')
  try {
    const plan = await awa.call('stair_plan', { stair })
    for (const label of ['101', '102']) await awa.call('record_visit', { door: doorOf(plan, label).id, outcome: 'no_answer', callback: '' })
    await awa.call('sync_now')
    assert.match((await awa.call('stair_plan', { stair })).knocked.who, /Paliers/, 'each sees the other, and not oneself')
  } finally {
    await awa.close()
  }
  await hall.call('sync_now')
  await hall.go(`plan/${stair}`)
  await page.getByText(/^Régie de quartier .* a frappé ici aujourd’hui à .* \(2 portes\)\.$/).waitFor()
})

test('The page said no error', () => assert.deepEqual(hall.faults, [], 'no CSP breach, no exception'))
