// A stair recorded by hand: made, one door, a series, a whole floor, undone and redone; the back button; the left hand.

import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { doorOf, stage } from './stage.mjs'

let hall
before(async () => {
  hall = await stage()
})
after(() => hall?.close())
beforeEach(() => hall.page.setViewportSize({ width: 800, height: 1280 }))

const button = (name) => hall.page.getByRole('button', { name })
const cell = (label) => hall.page.locator('[data-door]').filter({ has: hall.page.locator(`b:text-is("${label}")`) })
const said = (text) => hall.page.getByRole('status').filter({ hasText: text }).first().waitFor()
const title = (text) => hall.page.locator('.sheet h2').filter({ hasText: text }).waitFor()

test('Before the first door of the day the posture card stands on the plan, and one tap closes it', async () => {
  const { page } = hall
  const plan = await hall.stair(2, 2, '4 rue des Essais')
  const card = page.getByRole('heading', { name: 'Avant la première porte' })
  await hall.go(`plan/${plan.stair}`)
  await card.waitFor()
  await cell('101').click()
  await title('Porte 101')
  assert.equal(await card.count(), 0, 'it leaves the place to the door')
  await page.goBack()
  await card.waitFor()
  await button('Compris').click()
  await card.waitFor({ state: 'detached' })
  await page.getByRole('link', { name: 'Ma journée' }).click()
  await page.getByRole('heading', { name: 'Depuis ce matin' }).waitFor()
  assert.equal(await card.count(), 0, 'closed for the day, also at home')
  await hall.go('')
  await card.waitFor()
  await hall.call('record_visit', { door: doorOf(plan, '101').id, outcome: 'no_answer', callback: '' })
  await card.waitFor({ state: 'detached' })
  await hall.go(`plan/${plan.stair}`)
  await cell('101').waitFor()
  assert.equal(await card.count(), 0, 'the first door is done')
})

test('A stair that is in no list is made with its doors', async () => {
  const { page } = hall
  await hall.go('escalier/')
  await page.getByLabel('Adresse').fill('5 rue des Essais')
  await page.getByLabel('Escalier (facultatif)').fill('B')
  await button('Un étage de moins').click()
  await button('Une porte de moins').click()
  await button('Créer 9 portes').click()
  await cell('303').waitFor()
  assert.equal(await page.locator('[data-door]').count(), 9, 'three floors of three doors')
  assert.equal(await page.locator('h1').textContent(), '5 rue des Essais · B', 'the screen goes to the new stair')
})

test('One tap on an outcome is durable, said, and the sheet goes to the next door', async () => {
  const { page } = hall
  const plan = await hall.stair(3, 4)
  await hall.go(`plan/${plan.stair}`)
  await cell('101').click()
  await title('Porte 101')
  await page.locator('.six').getByRole('button', { name: 'Absent' }).click()
  await title('Porte 102')
  await said('101 : Absent, enregistré')
  const after = await hall.call('stair_plan', { stair: plan.stair })
  assert.equal(doorOf(after, '101').status, 'absent', 'the core has it before the screen says it')
  const at = await cell('102').boundingBox()
  const sheet = await page.locator('.sheet').boundingBox()
  assert.ok(at.y + at.height <= sheet.y + 1, 'the door at hand stands above the sheet')
})

test('The notice undoes and redoes the last act', async () => {
  const plan = await hall.stair(2, 2, '6 rue des Essais')
  await hall.go(`plan/${plan.stair}/${doorOf(plan, '101').id}`)
  await hall.page.locator('.six').getByRole('button', { name: 'Refus' }).click()
  await said('101 : Refus, enregistré')
  await button('Annuler').click()
  await said('annulé')
  assert.equal(doorOf(await hall.call('stair_plan', { stair: plan.stair }), '101').status, 'todo', 'an undone door is to do again')
  await button('Rétablir').click()
  await said('101 : Refus, enregistré')
  assert.equal(doorOf(await hall.call('stair_plan', { stair: plan.stair }), '101').status, 'declined', 'and done again')
})

test('Absent with a notice is one tap, and one undo takes both', async () => {
  const { page } = hall
  const plan = await hall.stair(2, 2, '18 rue des Essais')
  const door = doorOf(plan, '101').id
  const visits = async () => (await hall.call('door', { door })).visits.map((visit) => [visit.outcome, visit.flags])
  await hall.go(`plan/${plan.stair}/${door}`)
  await button('Absent + avis').click()
  await title('Porte 102')
  await said('101 : Absent, avis laissé, enregistré')
  assert.deepEqual(await visits(), [['no_answer', ['flyer_left']]], 'the outcome and the notice, from one tap')
  await button('Annuler').click()
  await said('annulé')
  assert.deepEqual(await visits(), [], 'neither is left')
  assert.equal(doorOf(await hall.call('stair_plan', { stair: plan.stair }), '101').status, 'todo', 'the door is to do again')
  await page.locator('.sheet').getByRole('button', { name: 'Fermer' }).click()
  await cell('101').click()
  await title('Porte 101')
  await page.locator('.six').getByRole('button', { name: 'Absent' }).click()
  await title('Porte 102')
  await hall.go(`plan/${plan.stair}/${door}`)
  await button('Corriger').click()
  await button('Absent + avis').click()
  await said('101 : Absent, avis laissé')
  assert.deepEqual(await visits(), [['no_answer', ['flyer_left']]], 'a correction adds the notice to the same passage')
})

test('Met keeps the sheet open for needs and a note, which keep themselves', async () => {
  const { page } = hall
  const plan = await hall.stair(2, 3, '7 rue des Essais')
  const door = doorOf(plan, '101').id
  await hall.go(`plan/${plan.stair}/${door}`)
  await page.locator('.six').getByRole('button', { name: 'Rencontré' }).click()
  await button('Logement').click()
  await page.locator('.chip[aria-pressed=true]').filter({ hasText: 'Logement' }).waitFor()
  await page.getByLabel('Note courte').fill('Rentre vers 18 h')
  await page.getByText('Enregistré', { exact: true }).waitFor()
  const [visit] = (await hall.call('door', { door })).visits
  assert.deepEqual([visit.needs, visit.note], [['logement'], 'Rentre vers 18 h'], 'no button saves: both are in the store')
})

test('A note that is being typed is kept when the sheet goes to the next door', async () => {
  const { page } = hall
  const plan = await hall.stair(2, 3, '8 rue des Essais')
  const door = doorOf(plan, '101').id
  await hall.go(`plan/${plan.stair}/${door}`)
  await page.locator('.six').getByRole('button', { name: 'Rencontré' }).click()
  await page.getByLabel('Note courte').fill('Parle portugais')
  await button('Suite → 102').click()
  await title('Porte 102')
  await page.waitForFunction(async (door) => {
    const answer = await fetch('/cmd/door', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ door }) })
    return (await answer.json()).visits[0].note === 'Parle portugais'
  }, door)
})

test('Come back asks when, in one tap', async () => {
  const plan = await hall.stair(2, 3, '9 rue des Essais')
  const door = doorOf(plan, '101').id
  await hall.go(`plan/${plan.stair}/${door}`)
  await hall.page.locator('.six').getByRole('button', { name: 'Repasser' }).click()
  await button('Après 17 h').click()
  await said('101 : Repasser, enregistré')
  const [visit] = (await hall.call('door', { door })).visits
  assert.equal(visit.callback, 'evening', 'the slot is with the passage')
  await hall.go('')
  await hall.page.getByText('Repasser : 9 rue des Essais').waitFor()
})

test('A whole floor, then the journal undoes it in two taps', async () => {
  const { page } = hall
  const plan = await hall.stair(3, 4, '10 rue des Essais')
  await hall.go(`plan/${plan.stair}`)
  await button('Étage entier…').click()
  await button('2e étage').click()
  await button('Tous absents').click()
  await said('4 portes : Absent')
  assert.equal((await hall.call('stair_plan', { stair: plan.stair })).tally.absent, 4, 'the floor, and only it')
  await hall.go('journal')
  await button(/^Annuler : Étage entier/).first().click()
  await page.getByText('annulé', { exact: false }).first().waitFor()
  await button(/^Rétablir : Étage entier/).first().waitFor()
  assert.equal((await hall.call('stair_plan', { stair: plan.stair })).tally.absent, 0, 'one act, one undo')
})

test('A door is added to a floor', async () => {
  const plan = await hall.stair(2, 2, '11 rue des Essais')
  await hall.go(`plan/${plan.stair}`)
  await button('Étage 2 : en entier').click()
  await button('Ajouter une porte').click()
  await hall.page.getByLabel('Numéro ou nom lu').fill('203 bis')
  await button('Ajouter').click()
  await cell('203 bis').waitFor()
  await said('Porte 203 bis ajoutée')
})

test('Filters show what is left and what was promised', async () => {
  const { page } = hall
  const plan = await hall.stair(2, 2, '12 rue des Essais')
  await hall.call('record_visit', { door: doorOf(plan, '101').id, outcome: 'callback', callback: 'noon' })
  await hall.go(`plan/${plan.stair}`)
  await page.getByRole('button', { name: 'Repasser', exact: true }).click()
  await cell('102').waitFor({ state: 'detached' })
  assert.equal(await page.locator('[data-door]').count(), 1, 'the promised door')
  await button('À faire').click()
  await cell('102').waitFor()
  assert.equal(await page.locator('[data-door]').count(), 3, 'the three others')
})

test('The back button closes the sheet, then the stair, then comes home', async () => {
  const { page } = hall
  const plan = await hall.stair(2, 3, '13 rue des Essais')
  await hall.go('batiments')
  await page.getByRole('article').filter({ hasText: '13 rue des Essais' }).getByRole('link').click()
  await cell('101').click()
  await title('Porte 101')
  // The series goes on without a step of its own in the history.
  await page.locator('.six').getByRole('button', { name: 'Vide' }).click()
  await title('Porte 102')
  await page.goBack()
  await page.locator('.sheet').waitFor({ state: 'detached' })
  assert.ok(page.url().endsWith(`#/plan/${plan.stair}`), 'one step back closes the sheet')
  await page.goBack()
  await page.getByRole('heading', { level: 1, name: 'Bâtiments' }).waitFor()
})

test('The left hand finds Absent under its thumb', async () => {
  const { page } = hall
  const plan = await hall.stair(2, 3, '14 rue des Essais')
  const { session } = await hall.call('app_state')
  const place = async () => {
    await hall.go(`plan/${plan.stair}/${doorOf(plan, '101').id}`)
    const box = await page.locator('.six').getByRole('button', { name: 'Absent' }).boundingBox()
    return box.x + box.width / 2
  }
  assert.ok((await place()) > 533, 'right hand: the right third')
  await hall.call('save_settings', { ...session.settings, left_handed: true })
  assert.ok((await place()) < 267, 'left hand: the left third')
  await hall.call('save_settings', session.settings)
})

test('An outcome of this morning is corrected; without it, a new passage', async () => {
  const { page } = hall
  const plan = await hall.stair(2, 3, '16 rue des Essais')
  const door = doorOf(plan, '101').id
  await hall.call('record_visit', { door, outcome: 'no_answer', callback: '' })
  await hall.pass(11 * 60_000)
  await hall.unlock()
  await hall.go(`plan/${plan.stair}/${door}`)
  await page.getByRole('button', { name: 'Corriger' }).click()
  await page.locator('.six').getByRole('button', { name: 'Refus' }).click()
  await said('101 : Refus')
  assert.deepEqual((await hall.call('door', { door })).visits.map((visit) => visit.outcome), ['declined'], 'corrected')
  await page.locator('.six').getByRole('button', { name: 'Rencontré' }).click()
  await said('101 : Rencontré')
  assert.deepEqual((await hall.call('door', { door })).visits.map((visit) => visit.outcome), ['opened_brief', 'declined'], 'a passage of its own')
})

test('The keyboard alone records a door, and closes what it opened', async () => {
  const { page } = hall
  const plan = await hall.stair(2, 3, '17 rue des Essais')
  await hall.go(`plan/${plan.stair}`)
  await cell('101').focus()
  await page.keyboard.press('Enter')
  await title('Porte 101')
  await page.locator('.six').getByRole('button', { name: 'Inaccessible' }).focus()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await said('101 : Absent')
  await page.getByRole('button', { name: 'Fermer' }).focus()
  await page.keyboard.press('Enter')
  await page.locator('.sheet').waitFor({ state: 'detached' })
  await button('Étage entier…').focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('A change made elsewhere shows without a tap', async () => {
  const plan = await hall.stair(2, 2, '15 rue des Essais')
  await hall.go(`plan/${plan.stair}`)
  await cell('101').waitFor()
  await hall.call('record_visit', { door: doorOf(plan, '101').id, outcome: 'vacant', callback: '' })
  await button('Porte 101, Vide').waitFor()
})

test('The page said no error', () => assert.deepEqual(hall.faults, [], 'no CSP breach, no exception'))
