// Doublons: one household that two mediators wrote down on tablets of their own; made one in one press, undone, and known on the tablets.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { desk } from './console-desk.mjs'
import { pair } from './console-team.mjs'

let hall
let team
const homes = {}

/** Opens a file with an agreement to be named, and writes one person in it. */
async function opens(hand, label, person) {
  const { id } = await hand.call('open_household', { door: team.door(label), language: 'fra', mode: 'oral', by_name: true, recontact: true })
  await hand.call('edit_person', { household: id, person: '', birth_year: null, phone: null, ...person })
  return id
}

before(async () => {
  hall = await desk()
  team = await pair(hall.office)
  homes.samia = await opens(team.samia, '101', { given_name: 'Fatoumata', family_name: 'N’Diaye', phone: '06 12 34 56 78', birth_year: 1984 })
  homes.karim = await opens(team.karim, '102', { given_name: 'Fatoumata', family_name: 'NDIAYE', phone: '0612345678', birth_year: 1984 })
  homes.neighbour = await opens(team.karim, '203', { given_name: 'Ahmed', family_name: 'Belkacem', birth_year: 1951 })
  await team.karim.call('plan_task', { household: homes.karim, purpose: 'courtesy_visit', due_on: '2030-01-15', every_days: 0 })
  await team.samia.call('sync_now')
  await team.karim.call('sync_now')
  await team.samia.call('sync_now')
  await hall.signIn()
  await hall.go('Doublons')
})
after(async () => {
  await team?.close()
  await hall?.close()
})

const notice = (text) => hall.page.getByRole('status').filter({ hasText: text })
const card = () => hall.page.getByRole('region', { name: /^(Le même foyer|La même personne) \?/ })
const sheet = async (hand, household) => {
  await hand.call('sync_now')
  return hand.call('household', { household })
}
const households = async () => {
  const { body } = await hall.call('figures', { sector: '', from: '', to: '' })
  return body.groups.find(({ code }) => code === 'met').figures.find(({ code }) => code === 'households').count
}

test('The pair stands side by side with its reasons in words', async () => {
  const text = await card().textContent()
  for (const reason of ['Même prénom', 'Même nom', 'Même téléphone', 'Autre porte']) assert.ok(text.includes(reason), `${reason}: ${text}`)
  assert.ok(!text.includes('Ahmed'), 'a neighbour is nobody else')
})

test('One press makes them one, on every tablet and in the figures', async () => {
  assert.equal(await households(), 3)
  await hall.page.getByRole('button', { name: 'C’est le même foyer' }).click()
  await notice('Un seul foyer').waitFor()
  await hall.page.getByText('Aucun doublon à examiner.').waitFor()
  assert.equal(await households(), 2)
  for (const [hand, household] of [[team.samia, homes.samia], [team.karim, homes.karim]]) {
    const shown = await sheet(hand, household)
    assert.deepEqual([shown.people.length, shown.tasks.length], [1, 1], 'one person, and what was planned on the other file')
    assert.match(shown.people[0].family_name.value, /n.?diaye/i)
    assert.equal(shown.people[0].family_name.others.length, 1, 'the other spelling is kept')
  }
})

test('What one refuses, both refuse, on each tablet', async () => {
  await team.samia.call('set_agreement', { household: homes.samia, purpose: 'recontact', status: 'withdrawn', mode: 'oral' })
  await team.samia.call('sync_now')
  const shown = await sheet(team.karim, homes.karim)
  assert.equal(shown.agreements.find(({ purpose }) => purpose === 'recontact').status, 'withdrawn')
})

test('It is undone, and asked about again', async () => {
  await hall.go('Tableau de bord', /^Semaine/)
  await hall.go('Doublons')
  await hall.page.getByRole('row').filter({ hasText: 'Un seul foyer' }).getByRole('button').click()
  await notice('Décision annulée').waitFor()
  await card().waitFor()
  assert.equal(await households(), 3)
  const shown = await sheet(team.karim, homes.karim)
  assert.deepEqual([shown.people.length, shown.people[0].family_name.value], [1, 'NDIAYE'], 'each file is what its tablet made it')
})

test('Two households are not asked about again, by the keyboard alone', async () => {
  const { page } = hall
  await card().waitFor()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await notice('la question ne sera plus posée').waitFor()
  await page.getByText('Aucun doublon à examiner.').waitFor()
  await hall.go('Tableau de bord', /^Semaine/)
  assert.equal(await page.getByText('Doublons à examiner').count(), 0)
})

test('The page said no error', () => assert.deepEqual(hall.faults, [], 'no CSP breach, no exception'))
