// Compiles `catalogue/fr/<name>.ftl` into `src/shared/tr/<name>.gen.ts`: one typed function per message.
//
// An unknown message, a missing argument or a wrong one does not compile; a message without a comment saying where it
// shows stops the build. The parser stays here: the page ships plain functions, and only those it calls.
// Supported: text, `{ $argument }`, `{ NUMBER($argument) }`, selectors on an argument, references to messages and terms.

import { readdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from '@fluent/syntax'

const LANGUAGE = 'fr'
const PLURALS = new Set(['zero', 'one', 'two', 'few', 'many', 'other'])
const ui = fileURLToPath(new URL('..', import.meta.url))
const folder = join(ui, 'catalogue', LANGUAGE)

/** `visit-saved` is called `visitSaved`. */
const camel = (id) => id.replace(/[-_]+([a-z0-9])/g, (_, letter) => letter.toUpperCase())
const property = (id) => (/^[a-z_]\w*$/i.test(id) ? id : JSON.stringify(id))
const read = (id) => (/^[a-z_]\w*$/i.test(id) ? `a.${id}` : `a[${JSON.stringify(id)}]`)

class Message {
  constructor(file, terms) {
    this.file = file
    this.terms = terms
    /** Argument name → 'number' | 'string' | 'any', in order of appearance. */
    this.args = new Map()
    this.calls = new Set()
    this.formatsNumber = false
    this.picksPlural = false
  }

  use(name, type) {
    const known = this.args.get(name)
    if (!known || known === 'any') this.args.set(name, type)
    else if (type !== 'any' && known !== type) throw new Error(`${this.file}: $${name} is both ${known} and ${type}`)
  }

  pattern(pattern) {
    const parts = pattern.elements.map((element) =>
      element.type === 'TextElement' ? JSON.stringify(element.value) : this.expression(element.expression),
    )
    return parts.length === 1 ? parts[0] : parts.join(' + ')
  }

  expression(node) {
    switch (node.type) {
      case 'StringLiteral':
        return JSON.stringify(node.parse().value)
      case 'NumberLiteral':
        return JSON.stringify(node.value)
      case 'VariableReference':
        this.use(node.id.name, 'any')
        return `show(${read(node.id.name)})`
      case 'FunctionReference': {
        if (node.id.name !== 'NUMBER') throw new Error(`${this.file}: unknown function ${node.id.name}`)
        const name = node.arguments.positional[0].id.name
        this.use(name, 'number')
        return `show(${read(name)})`
      }
      case 'TermReference': {
        const term = this.terms.get(node.id.name)
        if (!term) throw new Error(`${this.file}: unknown term -${node.id.name}`)
        return `(${this.pattern(term.value)})`
      }
      case 'MessageReference':
        this.calls.add(node.id.name)
        return `${camel(node.id.name)}(a)`
      case 'SelectExpression':
        return this.select(node)
      case 'Placeable':
        return this.expression(node.expression)
      default:
        throw new Error(`${this.file}: ${node.type} is not supported`)
    }
  }

  select(node) {
    let selector = node.selector
    if (selector.type === 'FunctionReference') selector = selector.arguments.positional[0]
    if (selector.type !== 'VariableReference') throw new Error(`${this.file}: a selector must be an argument`)
    const name = selector.id.name
    const keys = node.variants.map(({ key }) => (key.type === 'NumberLiteral' ? key.value : key.name))
    const numeric = node.variants.some(({ key }) => key.type === 'NumberLiteral') || keys.every((key) => PLURALS.has(key))
    this.use(name, numeric ? 'number' : 'string')
    let out = ''
    let last = '""'
    // Exact numbers go before plural categories, as in Fluent.
    const variants = [...node.variants].sort((a, b) => Number(b.key.type === 'NumberLiteral') - Number(a.key.type === 'NumberLiteral'))
    for (const variant of variants) {
      const text = this.pattern(variant.value)
      if (variant.default) {
        last = text
        continue
      }
      const { key } = variant
      if (key.type === 'NumberLiteral') out += `${read(name)} === ${key.value} ? ${text} : `
      else if (numeric) {
        out += `plural(${read(name)}) === ${JSON.stringify(key.name)} ? ${text} : `
        this.picksPlural = true
      } else out += `${read(name)} === ${JSON.stringify(key.name)} ? ${text} : `
    }
    return `(${out}${last})`
  }
}

/** TypeScript of one catalogue file. */
function compile(file) {
  const source = readFileSync(join(folder, file), 'utf8')
  const resource = parse(source, {})
  const terms = new Map(resource.body.filter((entry) => entry.type === 'Term').map((entry) => [entry.id.name, entry]))
  const messages = new Map()
  const functions = []
  let group = ''
  for (const entry of resource.body) {
    if (entry.type === 'GroupComment') group = entry.content
    if (entry.type === 'Junk') throw new Error(`${file}: not Fluent: ${entry.content.split('\n')[0]}`)
    if (entry.type !== 'Message') continue
    const id = entry.id.name
    if (messages.has(id)) throw new Error(`${file}: ${id} is there twice`)
    const where = entry.comment?.content ?? group
    if (!where) throw new Error(`${file}: ${id} has no comment saying where it shows`)
    const message = new Message(`${file}: ${id}`, terms)
    const body = message.pattern(entry.value)
    // A message called by this one brings its arguments.
    for (const called of message.calls) {
      const other = messages.get(called)
      if (!other) throw new Error(`${file}: ${id} uses ${called}, which must stand above it`)
      for (const [name, type] of other.args) message.use(name, type)
    }
    messages.set(id, message)
    const args = [...message.args].map(([name, type]) => `${property(name)}: ${type === 'any' ? 'string | number' : type}`)
    const signature = args.length ? `a: { ${args.join('; ')} }` : message.calls.size ? 'a: object = {}' : ''
    const comment = where.replace(/\*\//g, '').split('\n').join(' ')
    functions.push(`/** ${comment} */\nexport const ${camel(id)} = (${signature}): string => ${body.startsWith('"') || body.startsWith('(') ? body : `"" + ${body}`}`)
  }
  const text = functions.join('\n')
  const needed = ['plural', 'show'].filter((name) => text.includes(`${name}(`))
  const imports = needed.length ? `import { ${needed.join(', ')} } from './number'\n\n` : ''
  return `// Written by \`npm run catalogue\` from catalogue/${LANGUAGE}/${file}. Do not edit.\n${imports}${text}\n`
}

for (const file of readdirSync(folder).filter((name) => name.endsWith('.ftl')).sort()) {
  const target = join(ui, 'src/shared/tr', `${basename(file, '.ftl')}.gen.ts`)
  const text = compile(file)
  if (!existsSync(target) || readFileSync(target, 'utf8') !== text) writeFileSync(target, text)
}
