// Points à trancher: two texts written without seeing each other, two visits that may be one; decided, undone, and known on the tablets.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { desk } from './console-desk.mjs'
import { HOSTILE } from './console-files.mjs'
import { pair } from './console-team.mjs'

let hall
let team
before(async () => {
  hall = await desk()
  team = await pair(hall.office)
  await team.disagree('101', 'Sonner deux fois.', 'Repasser avec Louis.')
  await hall.signIn()
  await hall.go('Points à trancher')
})
after(async () => {
  await team?.close()
  await hall?.close()
})

const button = (name) => hall.page.getByRole('button', { name, exact: true })
const notice = (text) => hall.page.getByRole('status').filter({ hasText: text })
const card = (name) => hall.page.getByRole('region', { name })
/** Reads the page again, as it does by itself every minute. */
const again = async () => {
  await hall.go('Tableau de bord', /^Semaine/)
  await hall.go('Points à trancher')
}
/** The note of the visit of a door, as a tablet shows it after its sync. */
async function note(hand, label) {
  await hand.call('sync_now')
  const { visits } = await hand.call('door', { door: team.door(label) })
  return visits[0].note
}
const counted = async (name) => (await hall.call('dashboard', { sector: '' })).body[name]

test('Both texts stand side by side with who wrote them and when', async () => {
  const point = card('Note de visite · 101 · 12 allée des Essais · C')
  const sides = point.getByRole('group', { name: /^Garder/ })
  assert.match(await sides.nth(0).textContent(), /A.*Samia.*Sonner deux fois\./s, 'the older text first')
  assert.match(await sides.nth(1).textContent(), /B.*Karim.*Repasser avec Louis\./s, 'the newer beside it')
})

test('One is kept with → and Enter, and it can be undone', async () => {
  const { page } = hall
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await notice('Note de visite : B gardé.').waitFor()
  await page.getByText('Rien à trancher.').waitFor()
  assert.equal(await note(team.samia, '101'), 'Repasser avec Louis.', 'the decision is on the other tablet too')
  await notice('B gardé').getByRole('button', { name: 'Annuler' }).click()
  await notice('le point est de retour').waitFor()
  const sides = card(/^Note de visite/).getByRole('group', { name: /^Garder/ })
  assert.match(await sides.nth(0).textContent(), /Samia.*Sonner deux fois\./s, 'the undo keeps who wrote it')
  assert.match(await sides.nth(1).textContent(), /Karim.*Repasser avec Louis\./s, 'both of them')
})

test('Both are kept, one a line', async () => {
  await button('Garder les deux').click()
  await notice('tout est gardé').waitFor()
  for (const hand of [team.samia, team.karim]) assert.equal(await note(hand, '101'), 'Sonner deux fois.\nRepasser avec Louis.', 'the same on each tablet')
  await hall.page.getByRole('row').filter({ hasText: 'annulée' }).waitFor()
})

test('A decision on texts that changed meanwhile writes nothing', async () => {
  await team.disagree('103', 'un', 'deux')
  const { body } = await hall.call('points')
  const [point] = body.points
  const seen = [point.writings[0].head, '9.9.0']
  const answer = await hall.call('settle_point', { record: point.record, field: point.field, keep: '', seen })
  assert.deepEqual([answer.status, answer.body.code], [409, 'changed'], 'what was not shown is not swept away')
})

test('A text is text, whatever it holds, and hostile ones are settled like others', async () => {
  await team.disagree('201', HOSTILE.join('\n'), HOSTILE[1])
  await again()
  for (let left = 2; left > 0; left -= 1) {
    await card(/^Note de visite/).waitFor()
    if (await card(/201/).count()) assert.ok((await card(/201/).textContent()).includes(HOSTILE[0]), 'it is shown as it was written')
    const done = notice('A gardé')
    await button('Garder A').click()
    await done.waitFor()
    await hall.page.getByText(left > 1 ? '1 sur 1' : 'Rien à trancher.').waitFor()
  }
  assert.equal(await hall.page.evaluate(() => window.hit), undefined, 'no script of a note ran')
})

test('Two visits at one door are proposed as one, and counted once', async () => {
  const before = await counted('visits')
  await team.samia.call('record_visit', { door: team.door('202'), outcome: 'opened_brief', callback: '' })
  const { visit } = await team.karim.call('record_visit', { door: team.door('202'), outcome: 'opened_full', callback: '' })
  await team.karim.call('amend_visit', { visit, outcome: null, callback: null, flags: ['flyer_left'], note: 'Une fille au collège.', needs: ['logement'] })
  await team.samia.call('sync_now')
  await team.karim.call('sync_now')
  assert.equal(await counted('visits'), before + 1, 'once until someone says otherwise')
  await again()
  await card(/^Une visite ou deux \? · 202/).waitFor()
  await hall.page.getByText(/Après : une visite, faite par (Samia, Karim|Karim, Samia)\./).waitFor()
})

test('They are two visits: counted twice, then undone', async () => {
  const before = await counted('visits')
  await button('Ce sont deux visites').click()
  await notice('Deux visites').waitFor()
  assert.equal(await counted('visits'), before + 1, 'they count twice')
  await team.samia.call('sync_now')
  const door = await team.samia.call('door', { door: team.door('202') })
  assert.equal(door.cell.passages, 2, 'the tablet counts them twice too')
  await notice('Deux visites').getByRole('button', { name: 'Annuler' }).click()
  await card(/^Une visite ou deux/).waitFor()
  assert.equal(await counted('visits'), before, 'the proposal is back')
})

test('They are one: two participants, the note is not lost, and it is undone', async () => {
  const before = await counted('visits')
  const samia = await hall.page.getByRole('row').filter({ hasText: 'Qui' }).getByRole('cell').allTextContents()
  await button(`Une visite : garder ${samia[0] === 'Samia' ? 'A' : 'B'}`).click()
  await notice('Une seule visite').waitFor()
  const { body } = await hall.call('visits', { sector: '', outcome: '', from: null, to: null, offset: 0 })
  const [line, ...others] = body.visits.filter(({ place }) => place.startsWith('202'))
  assert.deepEqual([line.people.sort(), others.length], [['Karim', 'Samia'], 0], 'one visit, two people')
  assert.equal(await counted('visits'), before, 'it counts once, as before')
  assert.equal(await note(team.samia, '202'), 'Une fille au collège.', 'the note went with it')
  const row = hall.page.getByRole('row').filter({ hasText: 'Une seule visite' }).first()
  await row.getByRole('button').click()
  await card(/^Une visite ou deux/).waitFor()
  await team.karim.call('sync_now')
  const door = await team.karim.call('door', { door: team.door('202') })
  assert.deepEqual(door.visits.map(({ outcome }) => outcome).sort(), ['opened_brief', 'opened_full'], 'both visits stand again')
})

test('A tablet whose clock is wrong by three years is shown, and its visits are of today', async () => {
  const years = 1095 * 86_400_000
  await team.karim.wrong(years)
  await team.karim.call('record_visit', { door: team.door('203'), outcome: 'vacant', callback: '' })
  await team.karim.call('sync_now')
  await hall.go('Tablettes')
  await hall.page.getByRole('row').filter({ hasText: 'Karim' }).getByText(/avance de 1\s095 jours/).waitFor()
  await hall.go('Tableau de bord', /^Semaine/)
  await hall.page.getByText('Karim : horloge de la tablette fausse').waitFor()
})

test('The page said no error', () => assert.deepEqual(hall.faults, [], 'no CSP breach, no exception'))
