// Every screen of the field app, and how a person gets there. The accessibility tests go through all of them.

import { enrolled } from './console-team.mjs'
import { PIN, doorOf } from './stage.mjs'

/** What the screens show: a stair half done, a file with an agreement, a promise. */
export async function furnish(stage) {
  const plan = await stage.stair(4, 6)
  const door = (label) => doorOf(plan, label).id
  const outcomes = {
    101: 'opened_brief',
    102: 'no_answer',
    103: 'declined',
    104: 'vacant',
    105: 'inaccessible',
    106: 'callback',
    201: 'do_not_contact',
    202: 'language_barrier',
    203: 'opened_full',
  }
  const { session } = await stage.call('app_state')
  await stage.call('start_outing', { sector: session.sectors[0].id, team: session.colleagues.slice(0, 1).map((one) => one.id), return_in_minutes: 120 })
  for (const [label, outcome] of Object.entries(outcomes)) await stage.call('record_visit', { door: door(label), outcome, callback: outcome === 'callback' ? 'evening' : '' })
  await stage.call('edit_building', { building: plan.building, access: 'Digicode 47B2 · ascenseur en panne' })
  const visit = (await stage.call('door', { door: door('101') })).visits[0].id
  await stage.call('amend_visit', { visit, outcome: null, callback: null, flags: ['flyer_left'], note: 'Rentre du travail vers 18 h', needs: ['logement', 'papiers'] })
  const file = await stage.call('open_household', { door: door('101'), language: 'fra', mode: 'oral', by_name: true, recontact: true })
  await stage.call('edit_household', { household: file.id, ages: [['under_12', 2], ['12_17', 1], ['25_39', 2]].map(([band, count]) => ({ band, count })), languages: ['fra', 'wol'], access_needs: ['interpreter'], needs: ['logement'], known_by: ['none'], last_contact: 'over_year', note: 'Demande un logement plus grand.' })
  await stage.call('edit_person', { household: file.id, person: '', given_name: 'Awa', family_name: '', phone: '', birth_year: 1981 })
  await stage.call('say_verbatim', { household: file.id, door: '', verbatim: '', theme: 'logement', text: 'On est cinq dans deux pièces.', agreed: true })
  const { action, ended } = await outdoors(stage)
  const diagnosis = await diagnose(stage, door('101'), file.id)
  return { plan, door, action, ended, household: file.id, diagnosis, ...(await handOn(stage, file.id, door, diagnosis)) }
}

/** A stand that goes on, one that is over. */
async function outdoors(stage) {
  const { session } = await stage.call('app_state')
  const start = async (kind, place, name) => (await stage.call('start_action', { kind, place, name, sector: session.sectors[0].id })).card.id
  const ended = await start('pied_immeuble', 'hall', '')
  for (const code of ['age:over_70:f', 'age:over_70:f', 'age:60_69:m', 'need:social_sante']) await stage.call('count', { action: ended, code, by: 1 })
  await stage.call('end_action', { action: ended, cancelled: '' })
  const action = await start('stand', 'marche', 'Stand du marché')
  for (const [code, times] of [['age:25_39:f', 12], ['age:18_24:m', 4], ['age:nc:nc', 1], ['need:logement', 3], ['informed', 9]]) for (let n = 0; n < times; n += 1) await stage.call('count', { action, code, by: 1 })
  return { action, ended }
}

/** A person handed on, a visit planned, new residents: what the day asks for. */
async function handOn(stage, household, door, diagnosis) {
  // The directory comes after the records of the first sync.
  for (let turn = 0; turn < 50 && (await stage.call('services', { need: '', words: '', open_first: false, door: '' })).total === 0; turn += 1) await stage.call('sync_now')
  const { services } = await stage.call('services', { need: 'numerique', words: '', open_first: true, door: door('101') })
  const service = services[0].key
  const common = { door: door('101'), diagnosis: '', right: '', services: [service], means: 'slip' }
  const handed = await stage.call('refer', { ...common, household, diagnosis, right: 'ppa', need: 'argent_impots', urgent: false, share: ['need', 'name'] })
  await stage.call('say_of_referral', { referral: handed.id, what: 'accepted', due: '', source: 'partner_phone', reason: '', result: '', first_time: '' })
  await stage.call('say_of_referral', { referral: handed.id, what: 'appointment', due: '2026-11-02T09:00:00Z', source: 'partner_phone', reason: '', result: '', first_time: '' })
  await stage.call('plan_task', { household, purpose: 'courtesy_visit', due_on: '2026-11-01', every_days: 30 })
  await stage.call('record_visit', { door: door('205'), outcome: 'moved_in', callback: '' })
  return { service, referral: handed.id }
}

/** A diagnosis of a lone parent, some questions in. */
async function diagnose(stage, door, household) {
  let view = await stage.call('start_diagnosis', { door, household, quick: false })
  const says = { menage: ['seul_enfants'], enfants: ['2-2'], droits: ['aide_logement'], logement: ['hlm'], 'adulte.date_naissance': ['25-59'], 'adulte.revenus': ['salaire'], 'adulte.activite': ['emploi'], 'adulte.droit_au_sejour': ['sans_condition'] }
  for (let turn = 0; turn < 12 && view.question; turn += 1) {
    const { question, key } = view.question
    const choices = says[key] ?? (key === 'enfant.date_naissance' ? ['7-7'] : undefined)
    const known = choices?.every((code) => view.question.choices.some((choice) => choice.code === code))
    view = await stage.call('answer_question', { diagnosis: view.id, question, ...(known ? { choices } : { silence: 'unknown' }) })
  }
  return view.id
}

/** Another tablet of the structure is enrolled, once, and this one has heard of it. */
async function colleague(stage) {
  if (!stage.colleague) {
    await (await enrolled(stage.office, 'Karim')).close()
    stage.colleague = true
    await stage.call('sync_now')
    await stage.stair(2, 3, '14 allée des Essais')
  }
}

const button = (stage, name) => stage.page.getByRole('button', { name })
/** Goes back until a question is shown. */
async function back(stage, sentence) {
  const title = stage.page.getByRole('heading', { level: 2, name: sentence })
  for (let turn = 0; turn < 20; turn += 1) {
    await stage.page.locator('#question').waitFor()
    if (await title.count()) return
    const sub = stage.page.locator('header p').first()
    const before = await sub.innerText()
    await button(stage, 'Question d’avant').click()
    await stage.page.waitForFunction((before) => document.querySelector('header p')?.innerText !== before, before)
  }
  await title.waitFor()
}
/** Types a PIN in the dialog that gives the tablet back. */
export async function giveBack(stage, pin = PIN) {
  const pad = stage.page.locator('dialog[open]')
  for (const digit of pin) await pad.getByRole('button', { name: digit, exact: true }).click()
  await pad.getByRole('button', { name: 'Reprendre' }).click()
}
const dialog = (stage) => stage.page.locator('dialog[open]').waitFor()
const sheet = (stage) => stage.page.locator('.sheet h2').waitFor()

/** Screens of an open profile. `at` leaves the page on the screen. */
export const SCREENS = [
  ['Ma journée', (s) => s.go('')],
  ['Dehors', async (s) => (await s.go('dehors'), await button(s, 'Commencer une action').waitFor(), await s.page.getByText('Stand du marché').waitFor())],
  ['Nouvelle action', async (s) => (await s.go('dehors'), await button(s, 'Commencer une action').click(), await button(s, 'Stand').click(), await button(s, 'Marché').click(), await s.page.getByRole('button', { name: 'Commencer', exact: true }).waitFor())],
  ['Action, compter', async (s, { action }) => (await s.go(`dehors/${action}`), await button(s, /^25 à 39 ans, Femmes/).click(), await button(s, /^Enlever un/).waitFor())],
  ['Action, bilan', async (s) => (await button(s, 'Terminer').click(), await dialog(s), await button(s, 'Elle n’a pas eu lieu').click(), await button(s, 'Météo').waitFor())],
  ['Action terminée', async (s, { ended }) => (await s.go(`dehors/${ended}`), await s.page.getByText(/^Terminée/).waitFor())],
  ['Finir la sortie', async (s) => (await s.go(''), await button(s, 'Finir la sortie').click(), await dialog(s))],
  ['Changer le retour', async (s) => (await s.go(''), await button(s, 'Changer le retour').click(), await dialog(s))],
  ['Bâtiments', async (s) => (await s.go('batiments'), await s.page.getByRole('article').first().waitFor())],
  ['Nouvel escalier', async (s) => (await s.go('escalier/'), await button(s, /^Créer/).waitFor())],
  ['Plan du bâtiment', async (s, { plan }) => (await s.go(`plan/${plan.stair}`), await button(s, /^Porte 101/).waitFor())],
  ['Étage entier', async (s, { plan }) => (await s.go(`plan/${plan.stair}`), await button(s, 'Étage entier…').click(), await dialog(s))],
  ['Ajouter une porte', async (s, { plan }) => (await s.go(`plan/${plan.stair}`), await button(s, 'Étage entier…').click(), await button(s, 'Ajouter une porte').click(), await button(s, 'Ajouter').waitFor())],
  ['Accès', async (s, { plan }) => (await s.go(`plan/${plan.stair}`), await button(s, 'Accès').click(), await dialog(s))],
  ['Avis de passage', async (s, { plan }) => (await s.go(`plan/${plan.stair}`), await button(s, 'Accès').click(), await s.page.getByRole('link', { name: 'Avis de passage à imprimer' }).click(), await s.page.getByLabel('Nom de l’équipe').waitFor(), await s.page.getByLabel('Nous revenons le').fill('2026-12-02'))],
  ['Fiche-porte', async (s, { plan, door }) => (await s.go(`plan/${plan.stair}/${door('301')}`), await sheet(s))],
  ['Fiche-porte, créneau', async (s, { plan, door }) => (await s.go(`plan/${plan.stair}/${door('301')}`), await sheet(s), await s.page.locator('.six').getByRole('button', { name: 'Repasser' }).click(), await button(s, 'Le matin').waitFor())],
  ['Fiche-porte, autre', async (s, { plan, door }) => (await s.go(`plan/${plan.stair}/${door('301')}`), await sheet(s), await button(s, 'Autre…').click(), await button(s, /^Mineur seul/).waitFor())],
  ['Fiche-porte, détails', async (s, { plan, door }) => (await s.go(`plan/${plan.stair}/${door('101')}`), await sheet(s), await button(s, 'Note').click(), await button(s, 'Papiers').waitFor())],
  ['Fiche-porte, passages', async (s, { plan, door }) => (await s.go(`plan/${plan.stair}/${door('201')}`), await sheet(s), await s.page.getByText(/^Passages \(/).click())],
  ['Ouvrir un dossier', async (s, { door }) => (await s.go(`accord/${door('203')}`), await button(s, 'La personne est d’accord').waitFor())],
  ['Dossier du foyer', async (s, { household }) => (await s.go(`foyer/${household}`), await button(s, 'Ajouter une personne').waitFor())],
  ['Confiance', async (s, { door }) => (await s.go(`confiance//${door('101')}`), await button(s, 'Plutôt oui').click(), await button(s, 'Retirer cette réponse').waitFor())],
  ['Confiance, en pachto', async (s, { door }) => (await s.go(`confiance//${door('101')}`), await button(s, 'Montrer à l’habitant').click(), await button(s, 'پښتو').click(), await s.page.locator('.face4').waitFor())],
  ['Confiance, le code', async (s) => (await s.page.locator('.face4').click(), await s.page.locator('.code').waitFor())],
  ['Confiance rendue', async (s) => (await button(s, 'Rendre la tablette').click(), await giveBack(s), await button(s, 'Retirer cette réponse').waitFor())],
  ['Accord en russe', async (s, { door }) => (await s.go(`accord/${door('203')}`), await button(s, 'Montrer à l’habitant').click(), await button(s, 'Русский').click(), await button(s, /^Да/).click(), await button(s, /^Назад/).waitFor())],
  ['Accord rendu', async (s) => (await button(s, /^Нет/).click(), await button(s, 'Rendre la tablette').click(), await giveBack(s), await s.page.getByText('La personne a répondu').waitFor())],
  ['Retirer un accord', async (s, { household }) => (await s.go(`foyer/${household}`), await s.page.locator('li').filter({ hasText: 'Garder un nom' }).getByRole('button', { name: 'Retire son accord' }).click(), await s.page.locator('dialog[open]').waitFor())],
  ['Question du diagnostic', async (s, { diagnosis }) => (await s.go(`diagnostic/${diagnosis}`), await s.page.locator('.choice').first().waitFor())],
  ['Langue de la personne', async (s, { diagnosis }) => (await s.go(`diagnostic/${diagnosis}`), await button(s, 'Montrer à l’habitant').click(), await button(s, 'العربية').waitFor())],
  ['Question en arabe', async (s) => (await button(s, 'العربية').click(), await s.page.locator('#question').waitFor(), await s.page.locator('[dir="rtl"] .answer').first().waitFor())],
  ['Rendre la tablette', async (s) => (await button(s, 'Rendre la tablette').click(), await dialog(s))],
  ['Tablette rendue', async (s) => (await giveBack(s), await s.page.locator('.choice').first().waitFor())],
  ['Âge d’un enfant', async (s, { diagnosis }) => (await s.go(`diagnostic/${diagnosis}`), await back(s, 'Quel âge a cet enfant ?'))],
  ['Plusieurs réponses', async (s, { diagnosis }) => (await s.go(`diagnostic/${diagnosis}`), await back(s, 'Que touche déjà le foyer ?'))],
  ['Droits du foyer', async (s, { diagnosis }) => (await s.go(`diagnostic/${diagnosis}`), await button(s, 'Voir les droits').click(), await button(s, 'Terminer le diagnostic').waitFor())],
  ['Un droit', async (s, { diagnosis }) => (await s.go(`droit/${diagnosis}/ppa`), await s.page.getByText('À apporter').waitFor(), await button(s, 'Connu, pas demandé').click(), await button(s, 'Trop compliqué').waitFor())],
  ['Orienter', async (s, { door, household }) => (await s.go(`orienter/${door('101')}/${household}`), await s.page.getByText('France services', { exact: false }).first().waitFor())],
  ['Service', async (s, { door, household, service }) => (await s.go(`service/${service}/${door('101')}/${household}`), await button(s, /orienter$/).waitFor(), await button(s, 'votre nom').waitFor())],
  ['Service, fermeture', async (s, { service }) => (await s.go(`service/${service}`), await button(s, 'Fermé jusqu’au…').click(), await s.page.getByLabel('Dernier jour de fermeture').waitFor())],
  ['Orientation', async (s, { referral }) => (await s.go(`orientation/${referral}`), await button(s, 'Y est allée').waitFor())],
  ['Orientation, bon à imprimer', async (s, { referral }) => (await s.go(`orientation/${referral}`), await button(s, 'Bon à imprimer').click(), await button(s, 'Créer le bon (PDF)').waitFor())],
  ['Orientation, aboutie', async (s, { referral }) => (await s.call('say_of_referral', { referral, what: 'attended', due: '', source: '', reason: '', result: '', first_time: '' }), await s.go(`orientation/${referral}`), await button(s, 'Abouti').click(), await button(s, 'Un droit ouvert').waitFor())],
  ['À faire', async (s) => (await s.go('a-faire'), await button(s, 'Dans 7 jours').first().waitFor())],
  ['Bon sans nom', async (s, { door }) => (await s.go(`diagnostic-porte/${door('203')}/`), await button(s, 'Voir les droits').click(), await s.page.locator('.code').waitFor())],
  ['Chercher', async (s) => (await s.go('chercher'), await s.page.getByRole('searchbox').fill('essais'), await s.page.getByRole('heading', { level: 2 }).first().waitFor())],
  ['Chercher, rien', async (s) => (await s.go('chercher'), await s.page.getByRole('searchbox').fill('qqqqq'), await s.page.getByText('Aucun résultat pour').waitFor())],
  ['Journal du jour', async (s) => (await s.go('journal'), await button(s, /^Annuler/).first().waitFor())],
  ['Moi', async (s) => (await s.go('moi'), await button(s, 'Plein soleil').waitFor())],
  ['Changer mon code', async (s) => (await s.go('code'), await button(s, 'Continuer').waitFor())],
  ['Envoi', async (s) => (await s.go('envoi'), await button(s, 'Envoyer maintenant').waitFor())],
  ['Échanger sans réseau', async (s) => (await s.go('echange'), await button(s, 'Préparer le fichier').waitFor())],
  ['Échanger, fichier donné', async (s) => (await s.go('echange'), await colleague(s), await button(s, 'Préparer le fichier').click(), await s.page.getByText('Le fichier est prêt').waitFor())],
  ['Échanger, fichier refusé', async (s) => (await s.go('echange'), await s.page.locator('input[type=file]').setInputFiles({ name: 'photo.palier', mimeType: 'image/png', buffer: Buffer.from('PNG') }), await s.page.getByText('Ce n’est pas un fichier Palier').waitFor())],
  ['Urgence', async (s) => (await s.go('urgence'), await button(s, 'Verrouiller la tablette').waitFor())],
  ['Noms masqués', async (s) => (await s.call('veil'), await s.go(''), await button(s, 'Afficher').waitFor())],
  ['Afficher les noms', async (s) => (await s.go(''), await button(s, 'Afficher').click(), await dialog(s))],
  ['Retour dépassé', async (s) => (await s.call('set_return', { return_in_minutes: 5 }), await s.pass(302_000), await s.go(''), await s.page.getByRole('alertdialog').waitFor())],
  ['Nouvelle sortie', async (s) => (await s.unlock(), await s.call('unveil', { pin: PIN }), await s.call('end_outing'), await s.go(''), await button(s, 'Commencer une sortie').click(), await dialog(s))],
  ['Ma journée, sortie finie', async (s) => (await s.go(''), await button(s, 'Commencer une sortie').waitFor())],
]

/** Screens before a profile is open. */
export const CLOSED = [
  ['Code', async (s) => (await s.call('lock'), await s.go(''), await button(s, 'Ouvrir').waitFor())],
  ['Urgence avant le code', async (s) => (await s.go('urgence'), await s.page.getByText('SAMU', { exact: true }).waitFor())],
  ['Ajouter un profil', async (s) => (await s.go('bienvenue'), await button(s, 'Inscrire cette tablette').waitFor())],
  [
    'Choisir un code',
    async (s) => {
      const { address, code } = await s.office.code('Karim')
      await s.call('enrol', { address, code })
      await s.go('')
      await s.page.getByText('Choisissez un code').waitFor()
    },
  ],
  ['Qui êtes-vous', async (s) => (await s.call('choose_pin', { pin: PIN }), await s.call('lock'), await s.go(''), await s.page.getByText('Qui êtes-vous ?').waitFor())],
]
