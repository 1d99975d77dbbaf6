// What comes from others on the screens of a tablet: a field with two writings, a change the centre refused, the sector of the outing.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { enrolled } from './console-team.mjs'
import { doorOf, stage } from './stage.mjs'

let hall
let karim
let file
before(async () => {
  hall = await stage()
  const plan = await hall.stair(2, 3)
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

const edit = (hand, note) => hand.call('edit_household', { household: file, adults: null, children: null, languages: null, access_needs: null, needs: null, note })

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

test('A change the centre refused is listed with its reason, and blocks nothing', async () => {
  const { page } = hall
  await karim.call('sync_now')
  const [person] = (await karim.call('household', { household: file })).people
  await hall.call('set_agreement', { household: file, purpose: 'record_nominative', status: 'withdrawn', mode: 'oral' })
  await hall.call('sync_now')
  // Karim has not heard of the withdrawal yet.
  await karim.call('edit_person', { household: file, person: person.id, given_name: 'Aoua', family_name: null, phone: null, birth_year: null })
  await page.goto('about:blank')
  await page.goto(`${karim.url}/#/envoi`)
  await page.getByRole('button', { name: 'Envoyer maintenant' }).click()
  await page.getByRole('heading', { name: 'Refusés par le serveur : 1' }).waitFor()
  await page.getByRole('listitem').filter({ hasText: 'La personne a demandé l’effacement.' }).waitFor()
  await page.getByText('Tout est envoyé.').waitFor()
  assert.equal(await page.getByText('Aoua').count(), 0, 'the list shows no value')
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

test('The page said no error', () => assert.deepEqual(hall.faults, [], 'no CSP breach, no exception'))
