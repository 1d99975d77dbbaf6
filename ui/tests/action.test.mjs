// Away from the doors: a stand is started in a few taps, people are counted one tap each on a small screen, nothing of it is lost.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { stage } from './stage.mjs'

let hall
before(async () => {
  hall = await stage()
  await hall.page.setViewportSize({ width: 600, height: 1024 })
})
after(() => hall?.close())

const button = (name) => hall.page.getByRole('button', { name, exact: typeof name === 'string' })
const id = () => new URL(hall.page.url()).hash.split('/')[2]
const sheet = () => hall.call('action', { action: id() })

test('A stand is started from the home screen in five taps', async () => {
  const { page } = hall
  await hall.go('')
  await page.getByRole('link', { name: /^Dehors/ }).click()
  await button('Commencer une action').click()
  await button('Stand').click()
  await button('Marché').click()
  await button('Commencer').click()
  await page.getByText('Touchez une case').waitFor()
  assert.equal((await sheet()).card.status, 'confirmed')
})

test('Thirty counts are thirty taps, each durable, without waiting for one another', async () => {
  const { page } = hall
  const cells = [/^25 à 39 ans, Femmes/, /^12 à 17 ans, Hommes/, /^70 ans et plus, Femmes/]
  for (let tap = 0; tap < 30; tap += 1) await button(cells[tap % 3]).click()
  await page.getByText('30 personnes', { exact: true }).waitFor()
  const counts = Object.fromEntries((await sheet()).counts.map(({ code, count }) => [code, count]))
  assert.deepEqual(counts, { 'age:12_17:m': 10, 'age:25_39:f': 10, 'age:over_70:f': 10 })
  const grid = await page.locator('.grid button').evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).map(({ top, bottom, height, width }) => ({ top, bottom, height, width })))
  assert.equal(grid.length, 24)
  for (const cell of grid) assert.ok(cell.height >= 72 && cell.width >= 72, `a target of 72 px: ${JSON.stringify(cell)}`)
})

test('The last tap is taken back by one, and never below nothing', async () => {
  const { page } = hall
  await button('Numérique').click()
  await button(/^Enlever un/).click()
  await button(/^Enlever un/).waitFor({ state: 'detached' })
  await button('Informées').click()
  await page.locator('.chip.on', { hasText: 'Informées' }).waitFor()
  const codes = (await sheet()).counts.map((line) => line.code)
  assert.ok(codes.includes('informed') && !codes.includes('need:numerique'))
})

test('The balance is one screen, the action counts once it is ended, and the list says so', async () => {
  const { page } = hall
  await button('Terminer').click()
  await page.locator('dialog[open]').getByText('Femmes, 25 à 39 ans : 10').waitFor()
  await button('Terminer l’action').click()
  await page.getByText(/^Terminée/).waitFor()
  assert.equal((await sheet()).card.status, 'done')
  assert.equal(await page.locator('.grid').count(), 0, 'nothing is counted any more')
  await hall.go('dehors')
  await page.getByRole('link', { name: /Stand.*30 personnes.*Terminée/s }).waitFor()
})

test('An action that did not take place says why', async () => {
  const { page } = hall
  await button('Commencer une action').click()
  await button('Caravane d’accès aux droits').click()
  await button('Parking').click()
  await button('Commencer').click()
  await page.getByText('Touchez une case').waitFor()
  await button('Terminer').click()
  await button('Elle n’a pas eu lieu').click()
  await button('Météo').click()
  await page.getByText('Météo').waitFor()
  const { card, reason } = await sheet()
  assert.deepEqual([card.status, reason], ['cancelled', 'weather'])
})

test('The page said no error', () => assert.deepEqual(hall.faults, []))
