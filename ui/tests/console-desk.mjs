// The desk of a coordinator's test: a centre with the real server, and a browser open on its console at 1280 × 800.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { centre } from './centre.mjs'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** What a refused command prints in the browser's own words; anything else is a fault of ours. */
const REFUSED = /status of (400|401|403|404|409|410|413|429)/

/** A centre and a page on its console. `close` stops both. */
export async function desk({ demo = true } = {}) {
  const office = await centre({ demo })
  let app
  try {
    app = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update', '--no-first-run', '--mute-audio'],
    })
    // The centre's own authority is not in this browser: its tablets learn it by their code, browsers by the guide.
    const context = await app.newContext({ viewport: { width: 1280, height: 800 }, locale: 'fr-FR', timezoneId: 'Europe/Paris', ignoreHTTPSErrors: true })
    const page = await context.newPage()
    page.setDefaultTimeout(10_000)
    const faults = []
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && !REFUSED.test(message.text())) faults.push(message.text())
    })
    return furnish(office, app, page, faults)
  } catch (error) {
    await app?.close()
    await office.close()
    throw error
  }
}

function furnish(office, app, page, faults) {
  const title = (name) => page.getByRole('heading', { level: 1, name })
  return {
    office,
    page,
    faults,
    title,
    /** Opens the console where nobody is signed in. */
    open: () => page.goto(`${office.address}/coordination`),
    /** Signs in with the account of the demonstration. */
    async signIn() {
      const [name, password] = (await readFile(join(office.folder, 'demo.txt'), 'utf8')).trim().split('\n')
      await page.goto(`${office.address}/coordination`)
      await page.getByLabel('Nom du compte').fill(name)
      await page.getByLabel('Mot de passe', { exact: true }).fill(password)
      await page.getByRole('button', { name: 'Se connecter' }).click()
      await page.getByRole('navigation').waitFor()
    },
    /** Goes to a page by the side bar. */
    async go(link, heading) {
      await page.getByRole('navigation').getByRole('link', { name: link }).click()
      await title(heading ?? link).waitFor()
    },
    /** Calls a command as the page does. */
    call: (name, request = {}) =>
      page.evaluate(
        async ([name, request]) => {
          const response = await fetch(`/api/${name}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(request) })
          return { status: response.status, body: await response.json() }
        },
        [name, request],
      ),
    async close() {
      await app.close()
      await office.close()
    },
  }
}
