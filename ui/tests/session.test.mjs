// Who may see what: enrolment typed by hand, a wrong PIN that waits, the veil, the lock, the planned return, the emergency screen.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { centre } from './centre.mjs'
import { PIN, browser, doorOf, stage, tablet } from './stage.mjs'

let hall
before(async () => {
  hall = await stage()
})
after(() => hall?.close())

const button = (name) => hall.page.getByRole('button', { name, exact: true })

/** Types a PIN on the pad of a page. */
async function type(page, pin, go) {
  for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).click()
  await page.getByRole('button', { name: go, exact: true }).click()
}

test('A tablet is enrolled, its PIN chosen, from the typed code', async () => {
  const office = await centre()
  const tab = await tablet()
  const { page, faults, close } = await browser()
  try {
    const { address, code } = await office.code('Samia')
    await page.goto(tab.url)
    await page.getByLabel('Code à 12 caractères').fill('0000-0000')
    await page.getByLabel('Adresse du serveur').fill(address)
    await page.getByRole('button', { name: 'Inscrire cette tablette' }).click()
    await page.getByRole('alert').filter({ hasText: /\S/ }).waitFor()
    await page.getByLabel('Code à 12 caractères').fill(code)
    await page.getByRole('button', { name: 'Inscrire cette tablette' }).click()
    await page.getByRole('heading', { name: 'Bonjour Samia' }).waitFor()
    await type(page, '111111', 'Continuer')
    await page.getByText('deuxième fois').waitFor()
    await type(page, '111111', 'Continuer')
    await page.getByRole('alert').filter({ hasText: 'se devine vite' }).waitFor()
    await type(page, PIN, 'Continuer')
    await page.getByText('deuxième fois').waitFor()
    await type(page, PIN, 'Continuer')
    await page.getByText('C’est prêt').waitFor()
    await page.getByRole('link', { name: 'Bâtiments' }).click()
    await page.getByText('40 bâtiments').waitFor()
    assert.deepEqual(faults, [], 'no CSP breach, no exception')
  } finally {
    await close()
    await tab.close()
    await office.close()
  }
})

test('Without a keystore a pass-phrase is chosen: what it must hold is said, a weak one is refused', async () => {
  const office = await centre()
  const tab = await tablet({ keystore: false })
  const { page, faults, close } = await browser()
  const field = page.getByLabel('Votre phrase de passe')
  const say = async (phrase, go) => (await field.fill(phrase), await page.getByRole('button', { name: go, exact: true }).click())
  const alert = (text) => page.getByRole('alert').filter({ hasText: text }).waitFor()
  const twice = async (phrase) => (await say(phrase, 'Continuer'), await page.getByText('Tapez-la une deuxième fois').waitFor(), await say(phrase, 'Continuer'))
  const strong = 'rivage tambour violet girafe moulin cerise lampe'
  try {
    await tab.call('enrol', await office.code('Samia'))
    await page.goto(tab.url)
    await page.getByText('Sept mots différents').waitFor()
    await page.getByText('Ou 14 caractères').waitFor()
    for (const weak of ['493817', 'Chaton12!Chat', 'rivage tambour violet girafe moulin cerise']) {
      await twice(weak)
      await alert('Cette phrase de passe se devine')
      assert.equal(await field.inputValue(), '', 'nothing stays in the field')
    }
    await say(strong, 'Continuer')
    await say(`${strong}s`, 'Continuer')
    await alert('Les deux ne sont pas les mêmes')
    await twice(strong)
    await page.getByText('C’est prêt').waitFor()
    await tab.call('lock')
    await say('rivage tambour', 'Ouvrir')
    await alert('pas la bonne phrase')
    await say(strong, 'Ouvrir')
    await page.getByRole('heading', { level: 1 }).filter({ hasNotText: 'Palier' }).waitFor()
    await page.goto(`${tab.url}/#/code`)
    await say(strong, 'Continuer')
    await page.getByText('Sept mots différents').waitFor()
    await say('Tilleul-48-brumes', 'Changer')
    await page.getByText('Code changé').waitFor()
    assert.deepEqual(faults, [], 'no CSP breach, no exception')
  } finally {
    await close()
    await tab.close()
    await office.close()
  }
})

test('A wrong PIN is said, waits are counted, and the right one opens', async () => {
  const { page } = hall
  await hall.call('lock')
  await button('Ouvrir').waitFor()
  await type(page, '000000', 'Ouvrir')
  await page.getByRole('alert').filter({ hasText: 'pas le bon code' }).waitFor()
  const waiting = page.getByRole('alert').filter({ hasText: 'Attendez' })
  for (let tries = 0; tries < 10 && !(await waiting.count()); tries++) {
    await type(page, '000000', 'Ouvrir')
    await page.getByRole('alert').filter({ hasText: /pas le bon code|Attendez/ }).waitFor()
    await page.getByText('Vérification…').waitFor({ state: 'detached' })
  }
  await waiting.waitFor()
  assert.ok(await button('1').isDisabled(), 'the pad takes no key while one waits')
  await hall.pass(3_600_000)
  await page.reload()
  await type(page, PIN, 'Ouvrir')
  await page.getByRole('heading', { level: 1 }).filter({ hasNotText: 'Palier' }).waitFor()
})

test('The emergency screen is there before the PIN, and lists every number', async () => {
  const { page } = hall
  await hall.call('lock')
  await button('Ouvrir').waitFor()
  await page.getByRole('link', { name: 'Urgence' }).click()
  const numbers = await page.locator('.numbers b').allTextContents()
  assert.deepEqual(numbers.slice(0, 9), ['15', '17', '18', '112', '114', '115', '119', '3919', '3114'], 'the national numbers, offline, without a session')
  await page.getByRole('button', { name: 'Retour' }).click()
  await button('Ouvrir').waitFor()
  await hall.unlock()
})

test('After a minute idle in an outing names are hidden, and the PIN shows them', async () => {
  const { page } = hall
  const plan = await hall.stair(2, 3, '3 rue du Voile')
  const door = doorOf(plan, '101').id
  const { session } = await hall.call('app_state')
  await hall.call('start_outing', { sector: session.sectors[0].id, team: [], return_in_minutes: 0 })
  await hall.call('record_visit', { door, outcome: 'opened_brief', callback: '' })
  const file = await hall.call('open_household', { door, language: 'fra', mode: 'oral', by_name: true, recontact: false })
  await hall.call('edit_person', { household: file.id, person: '', given_name: 'Louis', family_name: null, phone: null, birth_year: null })
  await page.clock.install()
  await hall.go(`plan/${plan.stair}/${door}`)
  await page.getByRole('link', { name: 'Dossier Louis' }).waitFor()
  await hall.pass(61_000)
  await page.clock.fastForward(62_000)
  await page.getByText('Noms et notes masqués').waitFor()
  await page.getByRole('link', { name: 'Dossier du foyer' }).waitFor()
  assert.equal(await page.getByText('Louis').count(), 0, 'no name stays on the screen')
  // Absent still works under the veil.
  await hall.go(`plan/${plan.stair}/${doorOf(plan, '102').id}`)
  await page.locator('.six').getByRole('button', { name: 'Absent' }).click()
  await page.getByRole('status').filter({ hasText: '102 : Absent' }).waitFor()
  // A meeting asks the PIN.
  await page.locator('.six').getByRole('button', { name: 'Rencontré' }).click()
  await page.getByRole('dialog', { name: 'Afficher les noms' }).waitFor()
  for (const digit of PIN) await page.getByRole('dialog').getByRole('button', { name: digit, exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Afficher', exact: true }).click()
  await page.getByText('Noms et notes masqués').waitFor({ state: 'detached' })
})

test('The alarm of the planned return sounds on every screen until someone answers', async () => {
  const { page } = hall
  await hall.call('set_return', { return_in_minutes: 5 })
  await hall.go('batiments')
  await hall.pass(302_000)
  await page.clock.fastForward(303_000)
  const alarm = page.getByRole('alertdialog')
  await alarm.waitFor()
  await page.keyboard.press('Escape')
  assert.ok(await alarm.isVisible(), 'the alarm is not closed by accident')
  await alarm.getByRole('button', { name: '30 min de plus' }).click()
  await alarm.waitFor({ state: 'detached' })
})

test('An outing starts and ends in two taps each, and its hours are corrected by hand', async () => {
  const { page } = hall
  await hall.go('')
  await page.getByRole('button', { name: 'Finir la sortie' }).click()
  await page.getByRole('button', { name: 'Finir maintenant' }).click()
  await page.getByText('Sorties finies').waitFor()
  const before = (await hall.call('my_day')).outings[0].minutes
  await page.getByRole('button', { name: '15 minutes de plus' }).click()
  await page.waitForFunction(async (minutes) => {
    const answer = await fetch('/cmd/my_day', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
    return (await answer.json()).outings[0].minutes === minutes
  }, before + 15)
  await page.getByRole('button', { name: 'Commencer une sortie' }).click()
  await page.getByRole('button', { name: 'C’est parti' }).click()
  await page.getByText('Sortie en cours').waitFor()
})

test('Ten minutes later the tablet is locked', async () => {
  const { page } = hall
  await hall.go('moi')
  await hall.pass(601_000)
  await page.clock.fastForward(602_000)
  await button('Ouvrir').waitFor()
  await hall.unlock()
})

test('Display settings act at once and come back after a lock', async () => {
  const { page } = hall
  await hall.go('moi')
  await page.getByRole('button', { name: 'Plein soleil' }).click()
  await page.getByRole('button', { name: '150 %' }).click()
  await page.waitForFunction(() => document.documentElement.dataset.theme === 'sun' && document.documentElement.dataset.text === '150')
  await page.getByRole('button', { name: 'Verrouiller' }).click()
  await button('Ouvrir').waitFor()
  await type(page, PIN, 'Ouvrir')
  await page.waitForFunction(() => document.documentElement.dataset.theme === 'sun')
})

test('Nothing is kept by the browser', async () => {
  const kept = await hall.page.evaluate(async () => ({ local: localStorage.length, session: sessionStorage.length, cookies: document.cookie, databases: (await indexedDB.databases()).length }))
  assert.deepEqual(kept, { local: 0, session: 0, cookies: '', databases: 0 }, 'the store is the only place')
})

test('The page said no error', () => assert.deepEqual(hall.faults, [], 'no CSP breach, no exception'))
