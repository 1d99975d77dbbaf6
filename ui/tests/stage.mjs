// The stage of a browser test: a tablet (the loopback host over the real core and the real encrypted store) and a browser.

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { centre } from './centre.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const LOOPBACK = process.env.PALIER_LOOPBACK ?? join(root, 'target/debug/palier-loopback')
const SCREENS = join(root, 'ui/dist/field')
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** The PIN of every profile of these tests. */
export const PIN = '493817'

/** Starts a program and gives the first line it prints. */
export async function start(program, args) {
  if (!existsSync(program)) throw new Error(`${program} is not built: run "cargo build -p palier-loopback -p palier-sync-server"`)
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const lines = createInterface({ input: child.stdout })
  const first = await Promise.race([new Promise((resolve) => lines.once('line', resolve)), ended.then(() => undefined)])
  if (first === undefined) throw new Error(`${program} ended before it said anything`)
  return {
    first,
    async stop() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** A tablet without any profile, and how to speak to it. Without a keystore it asks for a pass-phrase. */
export async function tablet({ keystore = true } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'palier-tablet-'))
  const host = await start(LOOPBACK, ['--data', folder, '--ui', SCREENS, '--port', '0', '--test', ...(keystore ? [] : ['--no-keystore'])])
  const url = host.first
  const post = (path, body) => fetch(url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  return {
    url,
    /** Calls a command of the core, as the page does. */
    async call(name, request = {}) {
      const response = await post(`/cmd/${name}`, request)
      const body = await response.json()
      if (!response.ok) throw new Error(`${name} refused: ${JSON.stringify(body)}`)
      return body
    },
    /** Lets time pass for the core. */
    pass: (ms) => post('/test/clock', { pass_ms: ms }),
    /** Sets the tablet's wall clock wrong. */
    wrong: (ms) => post('/test/clock', { wrong_ms: ms }),
    async close() {
      await host.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A browser with one page, at the size of a tablet held upright. */
export async function browser() {
  const app = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update', '--no-first-run', '--mute-audio'],
  })
  const context = await app.newContext({ viewport: { width: 800, height: 1280 }, hasTouch: true, locale: 'fr-FR', timezoneId: 'Europe/Paris' })
  const page = await context.newPage()
  const faults = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    // A refused command is a 4xx that the browser prints by itself; anything else is a fault of ours (a CSP breach, a warning).
    if (message.type() === 'error' && !message.text().includes('status of 422')) faults.push(message.text())
  })
  return { page, faults, close: () => app.close() }
}

/** Everything at once: a centre, an enrolled tablet with its places, and a page open on it. What was started is stopped when a part fails. */
export async function stage() {
  const parts = []
  const close = async () => {
    for (const part of parts.reverse()) await part.close()
  }
  const add = async (start) => {
    const part = await start()
    parts.push(part)
    return part
  }
  try {
    return await hall(await add(centre), await add(tablet), await add(browser), close)
  } catch (error) {
    await close()
    throw error
  }
}

async function hall(office, tab, { page, faults }, close) {
  const { address, code } = await office.code('Samia')
  await tab.call('enrol', { address, code })
  await tab.call('choose_pin', { pin: PIN })
  await tab.call('sync_now')
  const profile = (await tab.call('app_state')).profiles[0].id
  await page.goto(tab.url)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return {
    ...tab,
    office,
    page,
    faults,
    close,
    unlock: () => tab.call('unlock', { profile, pin: PIN }),
    /** Goes to a place of the app and waits for its title. */
    async go(hash) {
      // The same address twice would change nothing on the page.
      await page.goto('about:blank')
      await page.goto(`${tab.url}/#/${hash}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
    },
    /** A stair of our own: floors of doors, numbered 101, 102… */
    async stair(floors, doors, address = '12 allée des Essais') {
      const { session } = await tab.call('app_state')
      return tab.call('create_stair', {
        building: '',
        address,
        sector: session.sectors[0].id,
        stair_name: 'C',
        floors,
        ground_floor: false,
        doors_per_floor: doors,
        numbering: 'floor_number',
      })
    },
  }
}

/** The door of a plan by its label. */
export const doorOf = (plan, label) => plan.floors.flatMap((floor) => floor.doors).find((door) => door.label === label)
