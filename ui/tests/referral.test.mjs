// From a met door to a service and back: handed on in a few taps, followed up from "À faire", found by the code of the slip.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { doorOf, stage } from './stage.mjs'

let hall
let plan
before(async () => {
  hall = await stage()
  plan = await hall.stair(2, 3)
  const listed = () => hall.call('services', { need: '', words: '', open_first: false, door: '' })
  for (let turn = 0; turn < 50 && (await listed()).total === 0; turn += 1) await hall.call('sync_now')
})
after(() => hall?.close())

const DAY_MS = 86_400_000
const button = (name) => hall.page.getByRole('button', { name })
const door = (label) => doorOf(plan, label).id

/** Days pass; the profile is opened again, and so is a page. */
async function days(count, hash) {
  await hall.pass(count * DAY_MS)
  await hall.unlock()
  await hall.go(hash)
}

test('Without a name: two services on one slip, three taps from the door', async () => {
  const { page } = hall
  await hall.go(`plan/${plan.stair}/${door('101')}`)
  await page.locator('.six').getByRole('button', { name: 'Rencontré' }).click()
  await page.getByRole('link', { name: 'Orienter' }).click()
  await button(/^Choisir Centre social/).click()
  await button(/^Choisir France services/).click()
  assert.equal(await button('votre nom').count(), 0, 'no name is offered without an agreement')
  await button(/orienter vers les 2$/).click()
  const code = await page.locator('.code').innerText()
  assert.match(code, /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]$/, 'a code to quote')
  await page.getByText('Avec le même bon').waitFor()

  await hall.go('chercher')
  await page.getByRole('searchbox').fill(code)
  await page.getByRole('link', { name: code }).first().click()
  await page.getByText('Remise, sans réponse').waitFor()
})

test('A mistyped code is told, not searched for', async () => {
  const { page } = hall
  const { items } = await hall.call('todo')
  assert.equal(items.length, 0, 'nothing to do on the day')
  const code = await page.locator('.code').innerText()
  const wrong = (code[0] === '7' ? '8' : '7') + code.slice(1)
  await hall.go('chercher')
  await page.getByRole('searchbox').fill(wrong)
  await page.getByRole('alert').waitFor()
})

test('The reminder comes, is put off, comes back, and one tap answers it', async () => {
  const { page } = hall
  await days(10, 'a-faire')
  await page.getByText('Le service l’a-t-il reçue ?').first().waitFor()
  assert.equal(await page.locator('main section').count(), 2, 'one for each service')
  await button('Dans 7 jours').first().click()
  await page.waitForFunction(() => document.querySelectorAll('main section').length === 1)
  await button('Acceptée').click()
  await page.getByText('Rien ne vous attend.').waitFor()
  await days(7, 'a-faire')
  await page.getByText('Le service l’a-t-il reçue ?').waitFor()
  await days(20, 'a-faire')
  await page.getByText('Rupture : personne n’a répondu').waitFor()
})

test('A closing says what came of it, and undo opens it again', async () => {
  const { page } = hall
  await page.locator('.head').filter({ hasText: 'Où en est' }).first().click()
  await button('Y est allée').click()
  await button('Abouti').click()
  await button('Oui, première fois').click()
  await button('Une inscription').click()
  await page.getByText('Aboutie', { exact: true }).first().waitFor()
  await page.getByText(/Une inscription · Oui, première fois/).waitFor()
  await page.getByRole('button', { name: 'Annuler' }).click()
  await page.getByText('La personne y est allée').first().waitFor()
})

test('With an agreement the name may be told; a withdrawal calls it back', async () => {
  const { page } = hall
  const file = await hall.call('open_household', { door: door('201'), language: 'fra', mode: 'oral', by_name: true, recontact: true })
  await hall.go(`foyer/${file.id}`)
  await page.getByRole('link', { name: 'Orienter' }).click()
  await page.getByRole('link', { name: /^Fiche : Centre social/ }).click()
  await button('votre nom').click()
  await button('J’accompagne').click()
  await button(/d’accord : orienter$/).click()
  await page.getByText('Dit au service : votre nom, votre besoin').waitFor()
  const referral = page.url().split('/').pop()
  for (const purpose of ['record_nominative', 'recontact']) await hall.call('set_agreement', { household: file.id, purpose, status: 'withdrawn', mode: 'oral' })
  await assert.rejects(hall.call('referral', { referral }), /agreement_needed/, 'nothing is shown of who does not agree')
})

test('What was found of a service holds: a closure shows before anyone is sent', async () => {
  const { page } = hall
  const { services } = await hall.call('services', { need: '', words: 'marelle', open_first: false, door: '' })
  await hall.go(`service/${services[0].key}`)
  const today = (await hall.call('service', { service: services[0].key, door: '' })).week[0].date
  await button('Fermé jusqu’au…').click()
  await page.getByLabel('Dernier jour de fermeture').fill(today)
  await button('Noter la fermeture').click()
  await page.getByText(/^Fermé jusqu’au .* inclus$/).waitFor()
  await page.getByText(/^Vérifié le /).waitFor()
  await button('C’est rouvert').click()
  await button('Fermé jusqu’au…').waitFor()
  assert.deepEqual(hall.faults, [])
})
