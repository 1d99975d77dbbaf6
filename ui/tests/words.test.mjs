// The words: none in a component, short sentences, every message used.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parse, Visitor } from '@fluent/syntax'

const ui = fileURLToPath(new URL('..', import.meta.url))
/** A mediator reads while standing (ux.md U17). */
const WORDS_MAX = 12

const files = (folder, ...ends) => readdirSync(join(ui, folder), { recursive: true }).filter((name) => ends.some((end) => name.endsWith(end)) && !name.endsWith('.gen.ts')).map((name) => join(folder, name))

test('No word of French stands in a component or a module', () => {
  const found = []
  for (const file of files('src', '.svelte', '.ts')) {
    const source = readFileSync(join(ui, file), 'utf8')
      .replace(/<!--[\s\S]*?-->/g, '')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/(^|\s)\/\/.*$/gm, '')
      .replace(/<style[\s\S]*<\/style>/, '')
    // Text between tags, and accented letters in strings: code has neither.
    const markup = file.endsWith('.svelte') ? source.replace(/<script[\s\S]*?<\/script>/g, '') : ''
    for (const [, text] of markup.matchAll(/>([^<>{}]*\p{L}{2,}[^<>{}]*)</gu)) if (!/[=()&|?;]/.test(text)) found.push(`${file}: ${text.trim()}`)
    for (const [line] of source.matchAll(/^.*[àâçéèêëîïôûùœÀÂÇÉÈÊÎÔÛ].*$/gmu)) found.push(`${file}: ${line.trim()}`)
  }
  assert.deepEqual(found, [], 'words live in catalogue/fr/*.ftl')
})

test(`A sentence of the field app has ${WORDS_MAX} words at most`, () => {
  const long = []
  const words = new (class extends Visitor {
    visitPattern(pattern) {
      const text = pattern.elements.map((element) => (element.type === 'TextElement' ? element.value : 'x')).join('')
      for (const sentence of text.split(/[.!?…:]\s|\n/)) {
        const count = sentence.split(/\s+/).filter((word) => /\p{L}|\d/u.test(word)).length
        if (count > WORDS_MAX) long.push(`${count}: ${sentence.trim()}`)
      }
      this.genericVisit(pattern)
    }
  })()
  for (const name of ['field.ftl', 'codes.ftl', 'diagnosis.ftl']) words.visit(parse(readFileSync(join(ui, 'catalogue/fr', name), 'utf8'), {}))
  assert.deepEqual(long, [], 'shorter sentences')
})

test('Every message of the field app is used', () => {
  const source = files('src/field', '.svelte', '.ts').map((file) => readFileSync(join(ui, file), 'utf8')).join('\n')
  const unused = [...readFileSync(join(ui, 'catalogue/fr/field.ftl'), 'utf8').matchAll(/^([a-z][\w-]*) =/gm)]
    .map(([, id]) => id.replace(/[-_]+([a-z0-9])/g, (_, letter) => letter.toUpperCase()))
    .filter((name) => !new RegExp(`\\btr\\.${name}\\b`).test(source))
  assert.deepEqual(unused, [], 'a message nobody shows is taken away')
})
