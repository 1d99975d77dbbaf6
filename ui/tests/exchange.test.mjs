// Two tablets without a network: a file goes from one to the other, and the screen says what it brought.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { enrolled } from './console-team.mjs'
import { doorOf, stage } from './stage.mjs'

let hall
let karim
let plan
before(async () => {
  hall = await stage()
  plan = await hall.stair(2, 3)
  await hall.call('sync_now')
  karim = await enrolled(hall.office, 'Karim')
  await karim.call('sync_now')
  await hall.call('sync_now')
  await hall.office.close()
})
after(async () => {
  await karim?.close()
  await hall?.close()
})

const visit = (hand, label, outcome) => hand.call('record_visit', { door: doorOf(plan, label).id, outcome, callback: '' })
const choose = (buffer, name = 'palier.palier') => hall.page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
const said = (text) => hall.page.getByRole('status').getByText(text).waitFor()

test('With nothing to give, the screen says so', async () => {
  await hall.go('envoi')
  await hall.page.getByRole('link', { name: 'Échanger sans réseau' }).click()
  await hall.page.getByText('Rien à donner : le serveur a déjà tout reçu.').waitFor()
  assert.equal(await hall.page.getByRole('button', { name: 'Préparer le fichier' }).isDisabled(), true, 'there is no file to make')
})

test('A file is made for the colleagues, and the browser saves it', async () => {
  await visit(hall, '101', 'no_answer')
  await hall.page.getByText('1 modification à vous').waitFor()
  const saved = hall.page.waitForEvent('download')
  await hall.page.getByRole('button', { name: 'Préparer le fichier' }).click()
  const file = await saved
  assert.match(file.suggestedFilename(), /^palier-samia-\d{4}-\d\d-\d\d-\d\dh\d\d\.palier$/, 'the name says whose and when')
  await said('Peuvent le lire : Karim.')
  const bytes = await readFile(await file.path())
  const received = await karim.call('receive_bundle', { file: bytes.toString('base64') })
  assert.deepEqual([received.giver, received.authors.length, received.authors[0].new], ['Samia', 1, 1], 'Karim has her passage')
  assert.equal(doorOf(await karim.call('stair_plan', { stair: plan.stair }), '101').status, 'absent', 'and sees it on his plan')
})

test('A file of a colleague is read, and read again says that all is known', async () => {
  await visit(karim, '102', 'declined')
  const { file } = await karim.call('give_bundle')
  const bytes = Buffer.from(file, 'base64')
  await choose(bytes)
  await said(/^Fichier de Karim, préparé aujourd’hui/)
  await said('1 modification nouvelle')
  assert.equal(doorOf(await hall.call('stair_plan', { stair: plan.stair }), '102').status, 'declined', 'it is on her plan')
  await hall.page.getByText('1 modification de Karim').waitFor()
  await choose(bytes)
  await said('1 modification déjà connue')
  await hall.go('envoi')
  await hall.page.getByText('1 modification d’un collègue à transmettre').waitFor()
})

test('A file that cannot be read says what to do, and changes nothing', async () => {
  const { file } = await karim.call('give_bundle')
  const bytes = Buffer.from(file, 'base64')
  const altered = Buffer.from(bytes)
  altered[bytes.length - 40] ^= 1
  const newer = Buffer.from(bytes)
  newer[14] = 2
  await hall.go('echange')
  for (const [what, text] of [
    [Buffer.from('%PDF-1.7'), 'Ce n’est pas un fichier Palier.'],
    [Buffer.alloc(0), 'Ce n’est pas un fichier Palier.'],
    [bytes.subarray(0, 200), 'Le fichier est incomplet.'],
    [altered, 'Le fichier est abîmé ou modifié.'],
    [newer, 'Le fichier vient d’une version plus récente.'],
    [Buffer.alloc(16 * 1024 * 1024 + 1), 'Le fichier est trop gros'],
  ]) {
    await choose(what)
    await said(text)
  }
  const { file: own } = await hall.call('give_bundle')
  await choose(Buffer.from(own, 'base64'))
  await said('Le fichier n’est pas pour cette tablette')
  assert.equal((await hall.call('bundle_state')).carried[0].changes, 1, 'what was carried is what was')
})

test('The page said no error', () => assert.deepEqual(hall.faults, [], 'no CSP breach, no exception'))
