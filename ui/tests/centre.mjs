// The centre social of a browser test: the real server, with the demonstration territory, in a folder of its own.

import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const SERVER = process.env.PALIER_SERVER ?? fileURLToPath(new URL('../../target/debug/palier-server', import.meta.url))
const run = promisify(execFile)

/** A port that nobody listens to now. */
async function freePort() {
  const probe = createServer()
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return port
}

/** Whether someone listens. */
const listens = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => (socket.destroy(), resolve(true)))
    socket.once('error', () => resolve(false))
  })

/** Starts a centre; `code` gives a one-time code for a person of the demonstration. Without `demo` it is empty, without an account. */
export async function centre({ demo = true } = {}) {
  if (!existsSync(SERVER)) throw new Error(`${SERVER} is not built: run "cargo build -p palier-sync-server"`)
  const folder = await mkdtemp(join(tmpdir(), 'palier-centre-'))
  const port = await freePort()
  const address = `https://127.0.0.1:${port}`
  const child = spawn(SERVER, ['serve', ...(demo ? ['--demo'] : []), '--data', folder, '--listen', `127.0.0.1:${port}`, '--address', address], { stdio: ['ignore', 'ignore', 'pipe'] })
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (text) => (log += text))
  const ended = new Promise((resolve) => child.once('exit', resolve))
  while (!(await listens(port))) {
    if (child.exitCode !== null) throw new Error(`The server ended: ${log}`)
    await turn()
  }
  return {
    address,
    folder,
    /** What the server logged so far. */
    log: () => log,
    async code(person) {
      const { stdout } = await run(SERVER, ['code', '--data', folder, person])
      return { address, code: stdout.trim() }
    },
    async close() {
      child.kill('SIGKILL')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
