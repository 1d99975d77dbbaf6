// The diagnosis at the door, by taps alone: eight questions, one tap each; nothing is lost by a knock next door, a lock or a slip of the finger.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { PIN, doorOf, stage } from './stage.mjs'

let hall
let plan
before(async () => {
  hall = await stage()
  plan = await hall.stair(2, 3)
})
after(() => hall?.close())

const button = (name) => hall.page.getByRole('button', { name, exact: true })
const title = (name) => hall.page.getByRole('heading', { level: 2, name, exact: true })
const sentence = () => hall.page.locator('#question').innerText()

/** Taps an answer and waits for the next question, or for the rights. */
async function tap(answer) {
  const { page } = hall
  const shown = await page.locator('main').innerText()
  // "None of these" is one tap; several answers take one more.
  const several = !/^(Rien|Je ne sais)/.test(answer) && (await page.locator('.confirm').count()) > 0
  await button(answer).click()
  if (several) await button('Valider').click()
  await page.waitForFunction((before) => document.querySelector('main')?.innerText !== before, shown)
}

/** Begins at a door, after a meeting. */
async function begin(label) {
  const { page } = hall
  await hall.go(`plan/${plan.stair}/${doorOf(plan, label).id}`)
  await page.locator('.six').getByRole('button', { name: 'Rencontré' }).click()
  await page.getByRole('link', { name: 'Quels droits ?' }).click()
  await title('Qui vit ici ?').waitFor()
}

test('Eight questions, one tap each, and the rights are there', async () => {
  const { page } = hall
  await begin('101')
  for (const answer of ['Un parent seul, avec enfants', '1', 'Rien de tout cela', '7 ans']) await tap(answer)
  for (let left = 4; left > 0; left -= 1) {
    const asked = await sentence()
    const says = { 'Quel âge a cette personne ?': 'De 25 à 59 ans', 'Comment est le logement ?': 'Location HLM', 'De l’argent chaque mois : d’où vient-il ?': 'Rien de tout cela', 'Cet enfant a-t-il un salaire ?': 'Rien', 'Un handicap reconnu par la MDPH ?': 'Non' }
    await tap(says[asked] ?? 'Je ne sais pas')
  }
  await button('Terminer le diagnostic').waitFor()
  await page.getByText('Estimation : seul l’organisme décide.').waitFor()
  await page.getByText(/à demander$/).waitFor()
  assert.ok((await page.locator('.code').innerText()).match(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$/), 'a slip without a name')
  await button('Poser d’autres questions').click()
  await page.locator('#question').waitFor()
})

test('A right says what to bring, and why it was not asked for', async () => {
  const { page } = hall
  await button('Voir les droits').click()
  await page.getByRole('link', { name: /^Allocation de rentrée scolaire/ }).click()
  await page.getByText('À apporter').waitFor()
  await button('Connu, pas demandé').click()
  await button('Trop compliqué').click()
  await page.locator('.chip[aria-pressed=true]').filter({ hasText: 'Trop compliqué' }).waitFor()
  await button('Demandé').click()
  await page.locator('.chip[aria-pressed=true]').filter({ hasText: /^Demandé$/ }).waitFor()
  await button('Retour').click()
  await page.getByText('demandé', { exact: false }).first().waitFor()
})

test('A knock next door, then the same question', async () => {
  const { page } = hall
  await begin('102')
  await tap('Un couple')
  const asked = await sentence()
  await hall.go(`plan/${plan.stair}/${doorOf(plan, '103').id}`)
  await page.locator('.six').getByRole('button', { name: 'Absent' }).click()
  await hall.go(`plan/${plan.stair}/${doorOf(plan, '102').id}`)
  await page.getByRole('link', { name: 'Reprendre le diagnostic' }).click()
  await title(asked).waitFor()
})

test('A lock, then the same question', async () => {
  const { page } = hall
  const asked = await sentence()
  const address = page.url().split('#/')[1]
  await hall.call('lock')
  await hall.unlock()
  await hall.go(address)
  await title(asked).waitFor()
})

test('The question before comes back with its answer, and another may be given', async () => {
  const { page } = hall
  await button('Question d’avant').click()
  await title('Qui vit ici ?').waitFor()
  assert.equal(await page.locator('.choice[aria-pressed=true]').innerText(), 'Un couple', 'what was tapped is shown')
  await tap('Une personne seule')
  await title('Que touche déjà le foyer ?').waitFor()
  const view = await hall.call('diagnosis', { diagnosis: page.url().split('/').at(-1) })
  assert.deepEqual(view.asked, ['menage'], 'one answer, changed')
})

test('« Je ne sais pas » and « Préfère ne pas dire » are answers', async () => {
  const { page } = hall
  for (const silence of ['Je ne sais pas', 'Préfère ne pas dire']) {
    const asked = await sentence()
    await button(silence).click()
    await page.waitForFunction((asked) => document.querySelector('#question')?.innerText !== asked, asked)
  }
  const view = await hall.call('diagnosis', { diagnosis: page.url().split('/').at(-1) })
  assert.equal(view.asked.length, 3, 'both count, and neither is asked again')
})

test('With an agreement it is in the file, and a withdrawal closes it', async () => {
  const { page } = hall
  const file = await hall.call('open_household', { door: doorOf(plan, '201').id, language: 'fra', mode: 'oral', by_name: false, recontact: true })
  await hall.go(`foyer/${file.id}`)
  await page.getByRole('link', { name: 'Quels droits ?' }).click()
  await title('Qui vit ici ?').waitFor()
  await tap('Un couple')
  await hall.go(`foyer/${file.id}`)
  await page.getByRole('link', { name: /^Diagnostic en cours/ }).waitFor()
  const { diagnoses } = await hall.call('household', { household: file.id })
  await hall.call('set_agreement', { household: file.id, purpose: 'recontact', status: 'withdrawn', mode: 'oral' })
  await hall.go(`diagnostic/${diagnoses[0].id}`)
  await page.getByText('Il faut d’abord l’accord de la personne.').waitFor()
})

test('Under the veil nothing of a diagnosis shows', async () => {
  const { page } = hall
  await begin('202')
  const address = page.url().split('#/')[1]
  const { session } = await hall.call('app_state')
  await hall.call('start_outing', { sector: session.sectors[0].id, team: [], return_in_minutes: 60 })
  await hall.call('veil')
  await hall.go(address)
  await page.locator('dialog[open]').waitFor()
  assert.equal(await page.locator('#question').count(), 0, 'no question, no right')
  await hall.call('unveil', { pin: PIN })
})

test('The page said no error', () => assert.deepEqual(hall.faults, [], 'no CSP breach, no exception'))
