// Weighs what a page loads before it can show anything: its script, and every script that one imports statically.
// Prints JSON; fails above the limit of the issue.

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

/** Initial script of each entry, gzipped, in bytes (issue 2: 60 KB for the field app; ux.md U13: 130 KB for the console). */
const LIMITS = { field: 60 * 1024, console: 130 * 1024 }
/** Style sheets of the field app, gzipped, in bytes (ux.md U13). */
const STYLE_LIMIT = 12 * 1024

const dist = fileURLToPath(new URL('../dist', import.meta.url))

function weigh(entry) {
  const folder = join(dist, entry)
  const page = join(folder, 'index.html')
  if (!existsSync(page)) throw new Error(`${page} is not built: run "npm run build"`)
  const html = readFileSync(page, 'utf8')
  const found = (pattern) => [...html.matchAll(pattern)].map((match) => join(folder, match[1]))
  const scripts = new Set()
  const queue = found(/<(?:script[^>]*src|link rel="modulepreload"[^>]*href)="([^"]+)"/g)
  for (let file = queue.pop(); file; file = queue.pop()) {
    if (scripts.has(file)) continue
    scripts.add(file)
    // Static imports only: `import(…)` is fetched when its screen is.
    for (const [, path] of readFileSync(file, 'utf8').matchAll(/(?:^|[;}\n])\s*(?:import|export)\s*(?:[^'"()]*?from\s*)?["'](\.[^"']+)["']/g)) queue.push(join(dirname(file), path))
  }
  const gz = (files) => [...files].reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0)
  return { script: gz(scripts), style: gz(found(/<link rel="stylesheet"[^>]*href="([^"]+)"/g)), files: scripts.size }
}

const sizes = Object.fromEntries(Object.keys(LIMITS).map((entry) => [entry, { ...weigh(entry), limit: LIMITS[entry] }]))
console.log(JSON.stringify(sizes))
for (const [entry, { script, limit }] of Object.entries(sizes)) {
  if (script > limit) {
    console.error(`${entry}: ${script} bytes of initial script, over ${limit}`)
    process.exitCode = 1
  }
}
if (sizes.field.style > STYLE_LIMIT) {
  console.error(`field: ${sizes.field.style} bytes of style, over ${STYLE_LIMIT}`)
  process.exitCode = 1
}
