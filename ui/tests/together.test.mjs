// What comes from others on the screens of a tablet: a field with two writings, a change the centre refused, the sector of the outing.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { desk } from './console-desk.mjs'
import { enrolled } from './console-team.mjs'
import { browser, doorOf, stage } from './stage.mjs'

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
  const room = await desk()
  const hand = await enrolled(room.office, 'Samia')
  const { page, faults, close } = await browser()
  try {
    const { session } = await hand.call('app_state')
    const [held] = session.sectors
    await room.signIn()
    const { sectors } = (await room.call('programme')).body
    const { id, name, qpv } = sectors.find((sector) => sector.id === held.id)
    const saved = await room.call('save_sector', { id, name, qpv, structures: [] })
    assert.equal(saved.status, 200, 'the structure works there no more')
    // The tablet has not heard of it yet.
    await hand.call('create_stair', { building: '', address: '19 rue des Essais', sector: held.id, stair_name: '', floors: 1, ground_floor: false, doors_per_floor: 1, numbering: 'floor_number' })
    await page.goto(`${hand.url}/#/envoi`)
    await page.getByRole('button', { name: 'Envoyer maintenant' }).click()
    await page.getByRole('heading', { name: /^Refusés par le serveur : \d+$/ }).waitFor()
    await page.getByRole('listitem').filter({ hasText: 'Ce profil n’a pas le droit d’écrire ici.' }).first().waitFor()
    await page.getByText('Tout est envoyé.').waitFor()
    assert.deepEqual(faults, [], 'no CSP breach, no exception')
  } finally {
    await close()
    await hand.close()
    await room.close()
  }
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
