// The figures of the contrat de ville: what two tablets recorded, on the coordinator's page, by period, and as a table to take away.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { desk } from './console-desk.mjs'
import { pair } from './console-team.mjs'

const source = readFileSync(fileURLToPath(new URL('../src/console/figures/csv.ts', import.meta.url)), 'utf8')
const script = ts.transpileModule(source, { compilerOptions: { module: 'esnext', target: 'es2022' } }).outputText
const { cell, csv } = await import(`data:text/javascript,${encodeURIComponent(script)}`)

let hall
let team
before(async () => {
  hall = await desk()
  team = await pair(hall.office)
  const { samia, karim, door } = team
  await samia.call('record_visit', { door: door('101'), outcome: 'no_answer', callback: '' })
  const file = await samia.call('open_household', { door: door('102'), language: 'fra', mode: 'oral', by_name: false, recontact: true })
  await samia.call('edit_household', { household: file.id, needs: ['logement', 'famille'], known_by: ['none'], last_contact: 'never' })
  let view = await samia.call('start_diagnosis', { door: door('102'), household: file.id, quick: true })
  for (let turn = 0; turn < 8 && view.question; turn += 1) view = await samia.call('answer_question', { diagnosis: view.id, question: view.question.question, silence: 'unknown', choices: [], typed: null, again: false })
  await samia.call('close_diagnosis', { diagnosis: view.id })
  const { slip } = await karim.call('trust', { slip: '' })
  await karim.call('say_of_trust', { slip, door: door('103'), object: 'caf', level: 3, retro: '', mode: 'interviewer' })
  for (const hand of [samia, karim]) await hand.call('sync_now')
  await hall.signIn()
})
after(async () => {
  await team?.close()
  await hall?.close()
})

const figure = (name) => hall.page.locator('.figure').filter({ has: hall.page.getByRole('heading', { level: 3, name, exact: true }) })
const big = (name) => figure(name).locator('.big').innerText()

test('What two tablets recorded is counted, with what it is out of', async () => {
  const { page } = hall
  await hall.go('Indicateurs', 'Indicateurs')
  await figure('Dossiers ouverts').waitFor()
  assert.equal(await big('Dossiers ouverts'), '1')
  assert.equal(await big('Connus d’aucune structure'), '1')
  await figure('Connus d’aucune structure').getByText('1 sur 1').waitFor()
  assert.equal(await big('Bons remis sans dossier'), '1', 'the code of the trust question')
  assert.equal(await big('Diagnostics terminés'), '1')
  await page.getByRole('row', { name: /Logement/ }).first().waitFor()
  const trust = page.locator('.figure').filter({ hasText: 'Confiance en hausse' })
  await trust.getByText('La CAF').waitFor()
  await trust.getByText('1 personne a répondu une seule fois').waitFor()
})

test('Another year is another address, and says that it is empty', async () => {
  const { page } = hall
  await page.getByRole('button', { name: '2024', exact: true }).click()
  await page.waitForURL(/indicateurs\/\/2024-01-01\/2024-12-31/)
  await page.waitForFunction(() => document.querySelectorAll('.figure .big').length > 0 && [...document.querySelectorAll('.figure .big')].every((one) => ['0', '—'].includes(one.innerText)))
  await page.getByText('Rien dans cette période.').waitFor()
  await page.reload()
  await page.locator('button[aria-pressed=true]', { hasText: '2024' }).waitFor()
})

test('The figures go away as a table that a spreadsheet opens', async () => {
  const { page } = hall
  await page.goto(page.url().replace(/#.*/, '#/indicateurs'))
  await figure('Dossiers ouverts').waitFor()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Exporter (CSV)' }).click()])
  assert.match(file.suggestedFilename(), /^palier-indicateurs-\d{4}-01-01-\d{4}-\d\d-\d\d\.csv$/)
  const text = await readFile(await file.path(), 'utf8')
  assert.ok(text.startsWith('\ufeffSujet;Indicateur;Détail;Nombre;Sur;Sans réponse;Définition\r\n'))
  assert.match(text, /Personnes rencontrées;Connus d’aucune structure;;1;1;0;/)
})

test('Years and neighbourhoods stand side by side, at an address that can be shared', async () => {
  const { page } = hall
  const pressed = (name) => page.locator('button[aria-pressed=true]', { hasText: name }).waitFor()
  await page.getByRole('button', { name: 'Les années', exact: true }).click()
  await page.waitForURL(/indicateurs\/\/[^/]+\/[^/]+\/year$/)
  const year = String(new Date().getFullYear())
  const files = page.getByRole('row', { name: /^Dossiers ouverts/ })
  await page.getByRole('columnheader', { name: year, exact: true }).first().waitFor()
  assert.equal(await page.getByRole('columnheader', { name: '2025', exact: true }).count(), 0, 'a year in which nothing was written is no column')
  assert.equal(await files.locator('td b').innerText(), '1')
  await page.getByRole('button', { name: 'Les quartiers', exact: true }).click()
  await page.getByRole('columnheader', { name: 'Ensemble', exact: true }).first().waitFor()
  assert.equal(await page.getByLabel('Référence').locator('option:checked').innerText(), 'Ensemble', 'everything is the reference until one says otherwise')
  const counts = (await files.locator('td b').allInnerTexts()).map(Number)
  assert.equal(counts.at(-1), counts.slice(0, -1).reduce((sum, one) => sum + one, 0), 'the neighbourhoods and what is outside of them make everything')
  assert.ok(counts.length >= 3, 'a column each')
  await page.getByLabel('Référence').selectOption({ index: 1 })
  await page.waitForURL(/\/qpv\/[^/]+$/)
  await page.reload()
  await pressed('Les quartiers')
  assert.equal(await page.getByLabel('Référence').evaluate((select) => select.selectedIndex), 1, 'the reference is in the address too')
  assert.ok((await page.locator('.far').count()) > 0, 'others say how far they are from it')
  await page.getByRole('button', { name: 'Rien', exact: true }).click()
  await figure('Dossiers ouverts').waitFor()
})

test('A quarter leaves frozen and numbered, and is taken away in each form', async () => {
  const { page } = hall
  await page.getByRole('heading', { name: 'Publier un bilan' }).waitFor()
  await page.getByText('Aucun bilan publié.').waitFor()
  await page.getByLabel('Période').selectOption('2025-T4')
  await page.getByRole('button', { name: 'Voir ce qui sera masqué' }).click()
  await page.getByText(/nombres masqués sur/).waitFor()
  await page.getByText('La plupart des nombres seraient masqués.').waitFor()
  await page.getByRole('button', { name: 'Figer et numéroter' }).click()
  await page.getByRole('dialog').getByText('C’est définitif').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Figer et numéroter' }).click()
  await page.getByText('Bilan n° 1 publié.').waitFor()
  await page.getByText('Bilan n° 1 · 4e trimestre 2025').waitFor()
  assert.equal(await page.getByLabel('Période').locator('option[value="2025-T4"]').count(), 0, 'a period leaves once')
  assert.equal(await page.getByLabel('Période').locator('option[value="2025"]').count(), 0, 'a year leaves alone or after its quarters')
  for (const [name, start] of [['PDF accessible', '%PDF-'], ['XLSX', 'PK'], ['CSV', '\ufeffSujet;'], ['JSON', '{']]) {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: `Bilan n° 1 en ${name}` }).click()])
    assert.match(file.suggestedFilename(), /^palier-bilan-1-2025-T4-contrat_de_ville\.(pdf|xlsx|csv|json)$/)
    assert.ok((await readFile(await file.path(), 'utf8')).startsWith(start), name)
  }
  await page.getByLabel('Modèle').selectOption('libre')
  await page.getByRole('checkbox', { name: 'Orientations' }).check()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Bilan n° 1 en JSON' }).click()])
  const bilan = JSON.parse(await readFile(await file.path(), 'utf8'))
  assert.deepEqual(bilan.subjects.map((subject) => subject.code), ['referrals'])
})

test('A cell is never computed by the spreadsheet', () => {
  for (const text of ['=1+1', '+33', '-2', '@SUM(A1)', '\t=1']) assert.ok(cell(text).replace(/^"/, '').startsWith("'"), text)
  assert.equal(cell('a;b'), '"a;b"')
  assert.equal(cell('dit "oui"'), '"dit ""oui"""')
  assert.equal(cell(-2), '-2', 'a number stays a number')
  assert.equal(csv([['a', null, 3]]), '\ufeffa;;3\r\n')
})

test('The page said no error', () => assert.deepEqual(hall.faults, []))
