// A household file: nothing personal without an agreement; everything keeps itself; a withdrawal is final and says so.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { doorOf, stage } from './stage.mjs'

let hall
let plan
before(async () => {
  hall = await stage()
  plan = await hall.stair(2, 3)
})
after(() => hall?.close())

const button = (name) => hall.page.getByRole('button', { name, exact: true })
const kept = () => hall.page.getByText('Enregistré', { exact: true }).first().waitFor()

/** Opens a file by the screen; gives its id. */
async function open(label, ...agreements) {
  const { page } = hall
  await hall.go(`plan/${plan.stair}/${doorOf(plan, label).id}`)
  await page.locator('.six').getByRole('button', { name: 'Rencontré' }).click()
  await button('Ouvrir un dossier').click()
  for (const agreement of agreements) await button(agreement).click()
  await button('La personne est d’accord').click()
  await page.getByRole('heading', { level: 1, name: 'Dossier du foyer' }).waitFor()
  return page.url().split('/').at(-1)
}

test('Without an agreement by name there is no field for a name', async () => {
  const household = await open('101', 'Être rappelé ou revu')
  await hall.page.getByText('Pas de nom sans accord').waitFor()
  assert.equal(await hall.page.getByLabel('Prénom').count(), 0, 'the field is not there at all')
  await button('Papiers').click()
  await hall.page.locator('.chip[aria-pressed=true]').filter({ hasText: 'Papiers' }).waitFor()
  assert.deepEqual((await hall.call('household', { household })).needs, ['papiers'], 'needs are kept without identity')
  await hall.page.locator('li').filter({ hasText: 'Garder un nom' }).getByRole('button', { name: 'Donne son accord' }).click()
  await button('Ajouter une personne').waitFor()
})

test('With it, a person is written, field by field, without a save button', async () => {
  const { page } = hall
  const household = await open('102', 'Garder un nom et un téléphone')
  await button('Ajouter une personne').click()
  await page.getByLabel('Prénom').fill('Awa')
  await kept()
  await page.getByLabel('Téléphone').fill('06 00 00 00 00')
  await page.getByLabel('Année de naissance').fill('1981')
  await page.getByRole('button', { name: /^25 à 39 ans.*un de plus$/ }).click()
  await page.getByRole('button', { name: /^Moins de 12 ans.*un de plus$/ }).click()
  await page.getByRole('button', { name: /^Moins de 12 ans.*un de plus$/ }).click()
  await button('Moins de 12 ans : un de moins').click()
  await page.getByText('2 personnes', { exact: true }).waitFor()
  await page.getByLabel('Note du dossier').fill('Demande un logement plus grand')
  await page.getByLabel('Note du dossier').blur()
  await page.waitForFunction(async (household) => {
    const answer = await fetch('/cmd/household', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ household }) })
    const sheet = await answer.json()
    const [person] = sheet.people
    return person.given_name.value === 'Awa' && person.phone.value !== '' && person.birth_year === 1981 && JSON.stringify(sheet.ages.map(({ band, count }) => [band, count])) === '[["under_12",1],["25_39",1]]' && sheet.note.value.startsWith('Demande')
  }, household)
})

test('The file is found by its name, with a spelling of one’s own', async () => {
  const { page } = hall
  await hall.go('chercher')
  await page.getByRole('searchbox').fill('awaa')
  await page.getByRole('link', { name: /Awa/ }).click()
  await page.getByRole('heading', { level: 1, name: 'Dossier du foyer' }).waitFor()
})

test('A withdrawal says that it is final, then erases the name', async () => {
  const { page } = hall
  await page.locator('li').filter({ hasText: 'Garder un nom' }).getByRole('button', { name: 'Retire son accord' }).click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByText('C’est définitif').waitFor()
  await dialog.getByRole('button', { name: 'Annuler' }).click()
  await dialog.waitFor({ state: 'detached' })
  assert.equal(await page.getByLabel('Prénom').inputValue(), 'Awa', 'nothing happened yet')
  await page.locator('li').filter({ hasText: 'Garder un nom' }).getByRole('button', { name: 'Retire son accord' }).click()
  await dialog.getByRole('button', { name: 'Retirer définitivement' }).click()
  await page.getByText('Pas de nom sans accord').waitFor()
  const household = page.url().split('/').at(-1)
  assert.deepEqual((await hall.call('household', { household })).people, [], 'the person is erased')
  await hall.go('journal')
  await page.getByText('définitif').first().waitFor()
})

test('The page said no error', () => assert.deepEqual(hall.faults, [], 'no CSP breach, no exception'))
