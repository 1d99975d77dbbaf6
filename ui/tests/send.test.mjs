// The pill tells the truth of the journal: what waits, what is sent, no network, a wrong clock; an act is undone also once sent.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { doorOf, stage } from './stage.mjs'

const DAY_MS = 86_400_000
let hall
let plan
before(async () => {
  hall = await stage()
  plan = await hall.stair(2, 3)
  await hall.call('record_visit', { door: doorOf(plan, '101').id, outcome: 'no_answer', callback: '' })
})
after(() => hall?.close())

const pill = (text) => hall.page.locator('.pill').filter({ hasText: text }).waitFor()
const send = () => hall.page.getByRole('button', { name: 'Envoyer maintenant' }).click()

test('What waits is counted, then sent', async () => {
  await hall.go('')
  await pill('2 à envoyer')
  await hall.page.getByRole('link', { name: /^Envoi/ }).click()
  await hall.page.getByText('2 actes à envoyer').waitFor()
  await send()
  await pill(/À jour/)
  await hall.page.getByText('Tout est envoyé.').waitFor()
})

test('An act that was sent is undone, and that waits in its turn', async () => {
  await hall.go('journal')
  const line = hall.page.getByRole('listitem').filter({ hasText: 'Passage : Absent' })
  await line.getByText('envoyé').waitFor()
  await line.getByRole('button').click()
  await hall.page.getByRole('button', { name: /^Rétablir : Passage : Absent/ }).waitFor()
  assert.equal(doorOf(await hall.call('stair_plan', { stair: plan.stair }), '101').status, 'todo', 'the door is to do again')
  await pill('1 à envoyer')
})

test('A clock that is wrong is said, and nothing is refused for it', async () => {
  await hall.wrong(1095 * DAY_MS)
  await hall.go('envoi')
  await send()
  await pill(/À jour/)
  await hall.page.getByText(/avance de 1.095 jours/).waitFor()
  await hall.wrong(0)
})

test('Without a network nothing is lost, and it is said', async () => {
  await hall.office.close()
  await hall.call('record_visit', { door: doorOf(plan, '102').id, outcome: 'vacant', callback: '' })
  await hall.go('envoi')
  await pill('1 à envoyer')
  await send()
  await hall.page.getByText('Pas de réseau. Rien n’est perdu').waitFor()
  await pill('1 à envoyer')
})

test('The page said no error', () => assert.deepEqual(hall.faults, [], 'no CSP breach, no exception'))
