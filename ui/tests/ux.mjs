// Counts what the main job costs: taps as the page hears them, seconds by a keystroke-level model, CPU of the page by thread ticks.
// Prints JSON; fails above the limits of the issue and of ux.md §4.

import { stage } from './stage.mjs'

/** Limits: ux.md U1 to U4; of the diagnosis alone what leaves four taps and 15 s of a whole visit to two referrals. */
const LIMITS = { absent_taps: 2, absent_seconds: 3, series_taps_per_door: 1.2, floor_taps: 3, open_200_doors_ms: 60, tap_ms_times_6: 100, diagnosis_taps: 14, diagnosis_seconds: 45, question_ms_times_6: 100, referral_taps: 6, referral_seconds: 10, visit_taps: 18, visit_seconds: 60 }
const SERIES_DOORS = 20
/** Times each CPU figure is taken; the median is kept. */
const ROUNDS = 7

const hall = await stage()
const { page } = hall

/** Counts taps, and sums the model's seconds: Fitts from the centre of the last target, 0.2 s a tap, 1.2 s a decision. */
async function counting(decisions, act) {
  await page.evaluate(() => {
    window.taps = []
    window.hear ??= addEventListener('pointerdown', ({ target }) => {
      const box = target.closest('button, a, input')?.getBoundingClientRect()
      if (box) window.taps.push({ x: box.x + box.width / 2, y: box.y + box.height / 2, width: Math.min(box.width, box.height) })
    }, { capture: true }) ?? true
  })
  await act()
  const taps = await page.evaluate(() => window.taps)
  let from = { x: 400, y: 1000 }
  let seconds = decisions * 1.2
  for (const tap of taps) {
    const distance = Math.hypot(tap.x - from.x, tap.y - from.y)
    seconds += 0.1 + 0.15 * Math.log2(distance / tap.width + 1) + 0.2
    from = tap
  }
  return { taps: taps.length, seconds: Math.round(seconds * 100) / 100 }
}

const tap = (locator) => locator.tap()
const six = (name) => page.locator('.six').getByRole('button', { name })
const cell = (label) => page.locator('[data-door]').filter({ has: page.locator(`b:text-is("${label}")`) })
const title = (text) => page.locator('.sheet h2').filter({ hasText: text }).waitFor()
const said = (text) => page.getByRole('status').filter({ hasText: text }).first().waitFor()

async function absent(stair) {
  await hall.go(`plan/${stair}`)
  await cell('101').waitFor()
  return counting(1, async () => {
    await tap(cell('101'))
    await tap(six('Absent'))
    await said('101 : Absent')
  })
}

async function series(stair) {
  await hall.go(`plan/${stair}`)
  await cell('102').waitFor()
  const { taps } = await counting(0, async () => {
    await tap(cell('102'))
    await title('Porte 102')
    for (let done = 0; done < SERIES_DOORS; done++) {
      const now = await page.locator('.sheet h2').textContent()
      await tap(six('Absent'))
      await page.waitForFunction((was) => document.querySelector('.sheet h2')?.textContent !== was, now)
    }
  })
  return taps / SERIES_DOORS
}

async function floor(stair) {
  await hall.go(`plan/${stair}`)
  await cell('101').waitFor()
  return counting(1, async () => {
    await tap(page.getByRole('button', { name: 'Étage entier…' }))
    await tap(page.getByRole('button', { name: '8e étage' }))
    await tap(page.getByRole('button', { name: 'Tous absents' }))
    await said('portes : Absent')
  })
}

/** What five households tap (ux.md U3); what is not here is not known. */
const PERSONAS = [
  { 'Qui vit ici ?': 'Un parent seul, avec enfants', 'Combien d’enfants à charge ?': '2', 'Que touche déjà le foyer ?': 'Allocations familiales' },
  { 'Quel âge a cette personne ?': '65 ans ou plus', 'De l’argent chaque mois : d’où vient-il ?': 'Une retraite' },
  { 'Quel âge a cette personne ?': 'De 18 à 24 ans', 'Comment est le logement ?': 'Hébergé chez quelqu’un' },
  { 'Qui vit ici ?': 'Un couple', 'Le couple est-il marié ?': 'Ni marié ni pacsé', 'De l’argent chaque mois : d’où vient-il ?': 'Un salaire' },
  { 'Qui vit ici ?': 'Un couple, avec enfants', 'Combien d’enfants à charge ?': '3', 'Quel papier pour vivre en France ?': 'Titre de séjour' },
]
const EVERYBODY = { 'Qui vit ici ?': 'Une personne seule', 'Que touche déjà le foyer ?': 'Rien de tout cela', 'Quel âge a cette personne ?': 'De 25 à 59 ans', 'Quel âge a cet enfant ?': '7 ans', 'Comment est le logement ?': 'Location HLM', 'De l’argent chaque mois : d’où vient-il ?': 'Rien de tout cela' }
/** Questions of the quick diagnosis. */
const QUESTIONS = 8

const button = (name) => page.getByRole('button', { name, exact: true })

/** Answers the question on the screen, and waits for the next or for the rights. */
async function answer(says) {
  const [sentence, shown] = [await page.locator('#question').innerText(), await page.locator('main').innerText()]
  const choice = says[sentence] ?? EVERYBODY[sentence] ?? 'Je ne sais pas'
  const several = (await page.locator('.confirm').count()) > 0 && !/^(Rien|Je ne sais)/.test(choice)
  await tap(button(choice))
  if (several) await tap(button('Valider'))
  await page.waitForFunction((was) => document.querySelector('main')?.innerText !== was, shown)
}

/** A whole quick diagnosis from the door of a stair, of one household. */
async function diagnosis(stair, label, says) {
  await hall.go(`plan/${stair}`)
  await cell(label).waitFor()
  return counting(QUESTIONS + 1, async () => {
    await tap(cell(label))
    await tap(six('Rencontré'))
    await tap(page.getByRole('link', { name: 'Quels droits ?' }))
    await page.locator('#question').waitFor()
    for (let question = 0; question < QUESTIONS && (await page.locator('#question').count()); question++) await answer(says)
    await page.getByText('Estimation : seul l’organisme décide.').waitFor()
  })
}

/** From the door to a service, the person agreeing (ux.md U2). */
async function referral(stair, label) {
  await hall.go(`plan/${stair}`)
  await cell(label).waitFor()
  return counting(2, async () => {
    await tap(cell(label))
    await tap(six('Rencontré'))
    await tap(page.getByRole('link', { name: 'Orienter' }))
    await tap(page.getByRole('button', { name: /^Choisir/ }).first())
    await tap(page.getByRole('button', { name: /orienter$/ }))
    await page.locator('.code').waitFor()
  })
}

/** A whole visit: eight questions, the rights, two services, the agreement (ux.md U3). */
async function visit(stair, label, says) {
  await hall.go(`plan/${stair}`)
  await cell(label).waitFor()
  return counting(QUESTIONS + 4, async () => {
    await tap(cell(label))
    await tap(six('Rencontré'))
    await tap(page.getByRole('link', { name: 'Quels droits ?' }))
    await page.locator('#question').waitFor()
    for (let question = 0; question < QUESTIONS && (await page.locator('#question').count()); question++) await answer(says)
    await tap(page.getByRole('link', { name: 'Orienter' }))
    const services = page.getByRole('button', { name: /^Choisir/ })
    await tap(services.nth(0))
    await tap(services.nth(1))
    await tap(page.getByRole('button', { name: /orienter vers les 2$/ }))
    await page.locator('.code').waitFor()
  })
}

/** CPU of the page from a tap to the next question. */
async function asking(cdp, stair, label) {
  await hall.go(`plan/${stair}`)
  await tap(cell(label))
  await tap(six('Rencontré'))
  await tap(page.getByRole('link', { name: 'Quels droits ?' }))
  await page.locator('#question').waitFor()
  const rounds = []
  for (let round = 0; round < ROUNDS; round++) rounds.push(await cpu(cdp, () => answer({})))
  return median(rounds.map((one) => one.script + one.layout))
}

/** CPU of the page while `act` runs, in milliseconds, by what spent it. */
async function cpu(cdp, act) {
  const read = async () => Object.fromEntries((await cdp.send('Performance.getMetrics')).metrics.map((one) => [one.name, one.value * 1000]))
  const before = await read()
  await act()
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  const after = await read()
  const spent = (name) => after[name] - before[name]
  return { script: spent('ScriptDuration'), layout: spent('LayoutDuration') + spent('RecalcStyleDuration'), task: spent('TaskDuration') }
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const round = (value) => Math.round(value * 10) / 10

async function opening(cdp, stair) {
  const rounds = []
  for (let round = 0; round < ROUNDS; round++) {
    await hall.go('batiments')
    const link = page.locator(`a[href="#/plan/${stair}"]`)
    await link.scrollIntoViewIfNeeded()
    rounds.push(
      await cpu(cdp, async () => {
        await link.evaluate((element) => element.click())
        await page.locator('[data-door]').nth(199).waitFor({ state: 'attached' })
      }),
    )
  }
  return { script: median(rounds.map((one) => one.script)), layout: median(rounds.map((one) => one.layout)), both: median(rounds.map((one) => one.script + one.layout)) }
}

async function tapping(cdp, stair) {
  const rounds = []
  await hall.go(`plan/${stair}`)
  await tap(cell('101'))
  for (let round = 0; round < ROUNDS; round++) {
    const now = await page.locator('.sheet h2').textContent()
    rounds.push(
      await cpu(cdp, async () => {
        await six('Vide').evaluate((element) => element.click())
        await page.waitForFunction((was) => document.querySelector('.sheet h2')?.textContent !== was, now)
      }),
    )
  }
  return median(rounds.map((one) => one.script + one.layout))
}

try {
  const { stair } = await hall.stair(8, 6, '30 rue des Mesures')
  const one = await absent(stair)
  const run = await series(stair)
  const whole = await floor(stair)
  const { stair: doors } = await hall.stair(2, 6, '32 rue des Mesures')
  const diagnoses = []
  for (const [index, says] of PERSONAS.entries()) diagnoses.push(await diagnosis(doors, String(101 + index), says))
  const listed = () => hall.call('services', { need: '', words: '', open_first: false, door: '' })
  for (let turn = 0; turn < 50 && (await listed()).total === 0; turn += 1) await hall.call('sync_now')
  const { stair: visited } = await hall.stair(2, 6, '33 rue des Mesures')
  const visits = []
  for (const [index, says] of PERSONAS.entries()) visits.push(await visit(visited, String(101 + index), says))
  const handed = await referral(visited, '201')
  const { stair: tall } = await hall.stair(20, 10, '31 rue des Mesures')
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  const open = await opening(cdp, tall)
  const figures = {
    absent_taps: one.taps,
    absent_seconds: one.seconds,
    series_taps_per_door: run,
    floor_taps: whole.taps,
    open_200_doors_ms: round(open.both),
    open_200_doors_script_ms: round(open.script),
    open_200_doors_layout_ms: round(open.layout),
    diagnosis_taps: Math.max(...diagnoses.map((one) => one.taps)),
    diagnosis_seconds: Math.max(...diagnoses.map((one) => one.seconds)),
    diagnosis_personas: diagnoses,
    referral_taps: handed.taps,
    referral_seconds: handed.seconds,
    visit_taps: Math.max(...visits.map((one) => one.taps)),
    visit_seconds: Math.max(...visits.map((one) => one.seconds)),
    visit_personas: visits,
    question_ms_times_6: round(6 * (await asking(cdp, doors, '201'))),
    tap_ms_times_6: round(6 * (await tapping(cdp, tall))),
  }
  console.log(JSON.stringify({ figures, limits: LIMITS }, null, 2))
  for (const [name, limit] of Object.entries(LIMITS)) {
    if (figures[name] > limit) {
      console.error(`${name}: ${figures[name]}, over ${limit}`)
      process.exitCode = 1
    }
  }
} finally {
  await hall.close()
}
