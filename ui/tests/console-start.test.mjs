// A coordinator begins on an empty server: first account, structure, sector, import with a dry run, mediator, tablet.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { desk } from './console-desk.mjs'
import { HOSTILE, dwellings, structures, zones } from './console-files.mjs'
import { PIN, tablet } from './stage.mjs'

const PASSWORD = 'une phrase facile à retenir'
let hall
let hand
before(async () => {
  hall = await desk({ demo: false })
})
after(async () => {
  await hand?.close()
  await hall?.close()
})

const button = (name) => hall.page.getByRole('button', { name, exact: true })
const notice = (text) => hall.page.getByRole('status').filter({ hasText: text }).waitFor()
const pick = (file, label) => hall.page.getByLabel(`Choisir un fichier ${label}`).setInputFiles(file)
/** The figures of the dry run: new, changed, unchanged, refused. */
const figures = async () => (await hall.page.locator('.figures b').allTextContents()).map((text) => Number(text.replace(/\s/g, '')))

test('The first page makes the first account, and refuses a weak password', async () => {
  const { page } = hall
  await hall.open()
  await hall.title('Premier compte').waitFor()
  await page.getByLabel('Nom du compte').fill('accueil')
  await page.getByLabel('Mot de passe', { exact: true }).fill('aaaaaaaaaaaaaa')
  await button('Créer le compte').click()
  await page.getByRole('alert').filter({ hasText: 'trop facile' }).waitFor()
  await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD)
  await button('Créer le compte').click()
  await hall.title(/^Semaine/).waitFor()
  for (const line of ['Aucune structure', 'Aucun secteur', 'Aucun immeuble', 'Personne dans l’équipe', 'Aucune tablette']) await page.getByText(line, { exact: true }).waitFor()
})

test('The session is a cookie that no script reads, and nothing is answered without it', async () => {
  const { page, office } = hall
  const cookies = await page.context().cookies()
  const session = cookies.find(({ name }) => name === '__Host-sid')
  assert.deepEqual({ httpOnly: session.httpOnly, secure: session.secure, sameSite: session.sameSite }, { httpOnly: true, secure: true, sameSite: 'Strict' }, 'the cookie is bound to this site')
  const stranger = await page.context().browser().newContext({ ignoreHTTPSErrors: true })
  const post = (headers) => stranger.request.post(`${office.address}/api/points`, { headers: { 'content-type': 'application/json', ...headers }, data: '{}' })
  const none = await post({ 'sec-fetch-site': 'same-origin' })
  assert.deepEqual([none.status(), (await none.json()).code], [401, 'signed_out'], 'without a session there is no data')
  const other = await page.context().request.post(`${office.address}/api/points`, { headers: { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' }, data: '{}' })
  assert.equal(other.status(), 403, 'another site cannot act with this cookie')
  assert.equal((await hall.call('create_first_account', { name: 'autre', password: PASSWORD })).body.code, 'already_set', 'the first page is closed')
  await stranger.close()
})

test('A structure, a sector and a mediator are made', async () => {
  const { page } = hall
  await hall.go('Équipe et secteurs')
  await button('Ajouter une structure').click()
  await page.getByRole('textbox', { name: 'Nom' }).fill(HOSTILE[0])
  await button('Enregistrer').click()
  await page.getByText(HOSTILE[0], { exact: true }).waitFor()
  await button('Ajouter un secteur').click()
  await page.getByRole('textbox', { name: 'Nom' }).fill('Les Essais')
  await page.getByRole('checkbox').check()
  await button('Enregistrer').click()
  await notice('Les Essais : enregistré.')
  await button('Ajouter un secteur').click()
  await page.getByRole('textbox', { name: 'Nom' }).fill('Les Essais')
  await button('Enregistrer').click()
  await page.getByRole('alert').filter({ hasText: 'À corriger : le nom' }).waitFor()
  await button('Annuler').click()
  await button('Ajouter une personne').click()
  await page.getByLabel('Prénom').fill('Samia')
  await button('Enregistrer').click()
  await notice('Samia : enregistré.')
  await button('Ajouter un numéro').click()
  await page.getByLabel('Intitulé').fill('Permanence du soir')
  await page.getByRole('textbox', { name: 'Numéro' }).fill('02 00 00 00 00')
  await button('Enregistrer').click()
  await page.getByText('Permanence du soir', { exact: true }).waitFor()
})

test('A file that is not one is refused in words, and nothing can be accepted', async () => {
  const { page } = hall
  await hall.go('Importer', 'Importer un territoire')
  await pick({ name: 'faux.geojson', mimeType: 'application/json', buffer: Buffer.from('{"type":"Feature"') }, 'Contours')
  await button('Essayer sans rien écrire').click()
  await page.getByText('Ce fichier n’a pas pu être lu.').waitFor()
  await page.getByText(/Le JSON est abîmé ici/).waitFor()
  assert.equal(await button('Accepter et écrire').count(), 0, 'there is nothing to accept')
  await button('Retirer Contours des quartiers (QPV)').click()
  await pick({ name: 'vieux.csv', mimeType: 'text/csv', buffer: Buffer.from([0xff, 0xfe, 0x41, 0x00]) }, 'Logements')
  await page.getByLabel('Source').fill('Essai')
  await button('Essayer sans rien écrire').click()
  await page.getByText(/UTF-16/).waitFor()
  await button('Retirer Logements').click()
})

test('The dry run says what is new and what is refused with line and reason, and writes nothing', async () => {
  const { page } = hall
  await pick(zones(), 'Contours')
  await pick(structures(), 'Structures')
  await pick(dwellings(), 'Logements')
  await page.getByLabel('Source').nth(2).fill('Bailleur des Essais')
  assert.equal(await page.getByLabel('Date des données').nth(1).inputValue(), '2024-08-01', 'the date of the file’s name is proposed')
  await page.getByLabel('Secteur des nouveaux logements').selectOption({ label: 'Les Essais' })
  await button('Essayer sans rien écrire').click()
  await page.getByRole('heading', { name: 'Essai : rien n’est encore écrit' }).waitFor()
  // One neighbourhood, two structures, three buildings, three stairs, five doors; a floor and a twin are refused.
  assert.deepEqual(await figures(), [14, 0, 0, 2], 'new, changed, unchanged, refused')
  const floor = page.getByRole('row').filter({ hasText: 'grenier' })
  assert.match(await floor.textContent(), /5.*ETAGE.*Ce n’est pas un étage/s, 'the line, the column and what to do')
  await page.getByRole('row').filter({ hasText: 'La même porte est déjà à la ligne 6' }).waitFor()
  await page.getByText('Quartier à confirmer : 1').waitFor()
  assert.equal((await hall.call('coverage', { sector: '' })).body.buildings.length, 0, 'nothing is written before it is accepted')
})

test('Accepted, it is written; the same files again change nothing', async () => {
  const { page } = hall
  await button('Accepter et écrire').click()
  await notice('Import écrit.')
  await page.getByText(/Bailleur des Essais · Licence Ouverte 2.0/).waitFor()
  await pick(zones(), 'Contours')
  await pick(structures(), 'Structures')
  await pick(dwellings(), 'Logements')
  await page.getByLabel('Source').nth(2).fill('Bailleur des Essais')
  await button('Essayer sans rien écrire').click()
  await page.getByText('Tout est déjà là : il n’y a rien à écrire.').waitFor()
  assert.deepEqual(await figures(), [0, 0, 14, 2], 'the same files plan nothing')
})

test('A building near the edge is settled by a person, and an import leaves that alone', async () => {
  const { page } = hall
  await hall.go('Couverture', 'Couverture par immeuble')
  const row = page.getByRole('row').filter({ hasText: '14 allée' })
  await row.getByRole('button', { name: 'Dans Les Essais' }).click()
  await notice('Quartier confirmé')
  await row.getByRole('cell', { name: 'Les Essais', exact: true }).waitFor()
  await row.getByRole('button').waitFor({ state: 'detached' })
  await hall.go('Tableau de bord', /^Semaine/)
  await button('Par quartier prioritaire').click()
  await page.getByRole('row').filter({ hasText: 'Les Essais' }).getByRole('cell', { name: '4', exact: true }).waitFor()
})

test('A one-time code enrols a tablet, which holds the sector', async () => {
  const { page } = hall
  await hall.go('Tablettes')
  await button('Ajouter une tablette').click()
  await button('Créer le code').click()
  await page.getByRole('img', { name: /Code QR/ }).waitFor()
  const code = await page.locator('.letters').textContent()
  const address = await page.locator('dd').first().textContent()
  assert.match(code, /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/, 'the code is there to be typed')
  hand = await tablet()
  await hand.call('enrol', { address, code })
  await hand.call('choose_pin', { pin: PIN })
  await hand.call('sync_now')
  await page.getByText('Samia : la tablette est prête.').waitFor()
  await page.locator('dialog').getByRole('button', { name: 'Fermer' }).last().click()
  const { buildings } = await hand.call('buildings')
  assert.deepEqual(buildings.map(({ doors }) => doors).sort(), [1, 1, 3], 'the imported doors are on the tablet')
  assert.deepEqual((await hand.call('local_numbers')).numbers.map(({ label }) => label), ['Permanence du soir'], 'so is the local number')
})

test('What the tablet brings is counted; suspended, it is not heard', async () => {
  const { page } = hall
  const { buildings } = await hand.call('buildings')
  const { stairs } = buildings.find(({ name }) => name.startsWith('12 '))
  const plan = await hand.call('stair_plan', { stair: stairs[0].id })
  const door = plan.floors.flatMap(({ doors }) => doors).find(({ label }) => label === '101')
  await hand.call('record_visit', { door: door.id, outcome: 'opened_brief', callback: '' })
  await hand.call('sync_now')
  await hall.go('Couverture', 'Couverture par immeuble')
  const row = page.getByRole('row').filter({ hasText: '12 allée' })
  await row.getByRole('img', { name: 'ouvertes : 1, essayées sans réponse : 0, jamais essayées : 2' }).waitFor()
  await hall.go('Visites')
  await page.getByRole('row').filter({ hasText: '101 · 12 allée' }).filter({ hasText: 'Samia' }).waitFor()
  await hall.go('Tablettes')
  await button('Suspendre').click()
  await page.locator('dialog').getByRole('button', { name: 'Suspendre' }).click()
  await page.getByRole('cell', { name: 'Suspendue' }).waitFor()
  await hand.call('record_visit', { door: door.id, outcome: 'vacant', callback: '' })
  const refused = await hand.call('sync_now')
  assert.equal(refused.state, 'refused', 'the tablet is told, and keeps what it has')
  await button('Remettre en service').click()
  await page.getByRole('cell', { name: 'En service' }).waitFor()
  await hand.call('sync_now')
  const { body } = await hall.call('visits', { sector: '', outcome: 'vacant', from: null, to: null, offset: 0 })
  assert.equal(body.total, 1, 'what it kept has arrived')
})

test('Names are text, whatever they hold', async () => {
  await hall.go('Équipe et secteurs')
  await hall.page.getByText('Annuaire importé').click()
  await hall.page.getByText('Relais inventé <b>gras</b>').waitFor()
  assert.equal(await hall.page.evaluate(() => window.hit), undefined, 'no script of a name ran')
})

test('A session that ended says so, and the page comes back where it was', async () => {
  const { page } = hall
  await hall.call('sign_out')
  await page.getByRole('navigation').getByRole('link', { name: 'Aide et état' }).click()
  await page.getByText(/La session s’est terminée/).waitFor()
  await page.getByLabel('Nom du compte').fill('accueil')
  await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD)
  await button('Se connecter').click()
  await hall.title('Aide et état').waitFor()
  await page.getByText('Tout va bien').waitFor()
})

test('A wrong password is refused, the right one opens, and leaving ends the session', async () => {
  const { page } = hall
  await button('Se déconnecter').click()
  await hall.title('Connexion').waitFor()
  assert.equal((await hall.call('programme')).status, 401, 'the session is over')
  await page.getByLabel('Nom du compte').fill('accueil')
  await page.getByLabel('Mot de passe', { exact: true }).fill('pas le bon mot')
  await button('Se connecter').click()
  await page.getByRole('alert').filter({ hasText: 'Nom ou mot de passe faux.' }).waitFor()
  await page.getByLabel('Mot de passe', { exact: true }).fill(PASSWORD)
  await button('Se connecter').click()
  await page.getByRole('navigation').waitFor()
})

test('The page said no error', () => assert.deepEqual(hall.faults, [], 'no CSP breach, no exception'))
