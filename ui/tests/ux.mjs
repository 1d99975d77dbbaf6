// Counts what the main job costs: taps as the page hears them, seconds by a keystroke-level model, CPU of the page by thread ticks.
// Prints JSON; fails above the limits of the issue and of ux.md §4.

import { stage } from './stage.mjs'

/** Limits: issue 2, "What must hold"; ux.md U1 and U4. */
const LIMITS = { absent_taps: 2, absent_seconds: 3, series_taps_per_door: 1.2, floor_taps: 3, open_200_doors_ms: 60, tap_ms_times_6: 100 }
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
