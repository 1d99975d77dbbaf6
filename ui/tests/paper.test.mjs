// Printed pages from the real screens: a tagged PDF that holds the code and the places, and nothing of the person.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { furnish } from './screens.mjs'
import { stage } from './stage.mjs'

let hall
let things
before(async () => {
  hall = await stage()
  things = await furnish(hall)
})
after(() => hall?.close())

const button = (name) => hall.page.getByRole('button', { name, exact: true })
const taken = async (name) => {
  const [file] = await Promise.all([hall.page.waitForEvent('download'), button(name).click()])
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
}

test('A slip needs a telephone, then it is a tagged PDF without the person', async () => {
  const { page } = hall
  await hall.go(`orientation/${things.referral}`)
  const code = await page.locator('.code').innerText()
  await button('Bon à imprimer').click()
  await button('Créer le bon (PDF)').click()
  await page.getByRole('alert').getByText('Écrivez le téléphone').waitFor()
  await page.getByLabel('Téléphone de l’équipe').fill('02 47 00 00 00')
  await button('العربية').click()
  const { name, bytes } = await taken('Créer le bon (PDF)')
  assert.equal(name, `bon-${code}.pdf`)
  assert.equal(bytes.subarray(0, 5).toString(), '%PDF-')
  const text = bytes.toString('latin1')
  assert.match(text, /pdfuaid:part|MarkInfo|StructTreeRoot/, 'it is tagged')
  assert.ok(!text.includes('Awa') && bytes.length < 200_000)
  await page.getByText(`Fichier créé : ${name}`).waitFor()
})

test('The notice of a building says its code, keeps what was typed, and names no door', async () => {
  const { page } = hall
  await hall.go(`plan/${things.plan.stair}`)
  await button('Accès').click()
  await page.getByRole('link', { name: 'Avis de passage à imprimer' }).click()
  assert.equal(await page.getByLabel('Téléphone de l’équipe').inputValue(), '02 47 00 00 00', 'said once')
  await page.getByLabel('Nous revenons le').fill('2026-12-02')
  await button('Le matin').click()
  for (const language of ['العربية', 'Türkçe', 'Русский']) await button(language).click()
  const { name, bytes } = await taken('Créer l’avis (PDF)')
  assert.match(name, /^avis-.*\.pdf$/)
  assert.ok(bytes.length > 10_000 && !bytes.toString('latin1').includes('Awa'))
  await page.getByText(/Code à noter quand on vous appelle : [A-Z]\d-\d\d/).waitFor()
  await hall.go(`avis/${things.plan.building ?? ''}`)
  await page.waitForFunction(() => document.querySelectorAll('.chip[aria-pressed=true]').length >= 3)
})

test('The page said no error', () => assert.deepEqual(hall.faults, []))
