import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import ts from 'typescript'
import { expect, inject, test } from 'vitest'
import { markdownExamples, projectIn, root } from './installed-project.ts'

const entries = ['otomark', 'otomark/node', 'otomark/browser']
const project = projectIn(inject('installation').folder)

test.each([
  { name: 'Node', module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  { name: 'a bundler', module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }
])('the types hold in a strict project for $name that checks its libraries', async ({ name: _, ...options }) => {
  await project.write('all.ts', entries.map((entry, n) => `export * as entry${n} from '${entry}'\n`).join(''))
  expect(problems(createProgram(['all.ts'], options))).toEqual([])
})

test('every public function has an example, and every example, those of the README and of the how-to too, compiles', async () => {
  await project.write('all.ts', entries.map((entry, n) => `export * as entry${n} from '${entry}'\n`).join(''))
  const functions = publicFunctions(createProgram(['all.ts']))
  expect(functions.length).toBeGreaterThan(20)
  expect(functions.filter(({ example }) => example === undefined).map(({ name }) => name)).toEqual([])

  const examples = functions.map(({ name, example = '' }) => ({ name, code: fenced(example) }))
  for (const page of ['README.md', 'docs/how-to/library.md']) {
    const shown = await markdownExamples(join(root, page))
    expect(shown, page).not.toEqual([])
    for (const [n, code] of shown.entries()) examples.push({ name: `${basename(page, '.md')}-${n}`, code })
  }
  const files: string[] = []
  for (const { name, code } of examples) {
    // Each is a module of its own, whether it imports anything or not.
    await project.write(`example-${name}.ts`, `${code}\nexport {}\n`)
    files.push(`example-${name}.ts`)
  }
  // The test before has checked the libraries.
  expect(problems(createProgram(files, { skipLibCheck: true }))).toEqual([])
})

test('package.json names no file that is not there', async () => {
  const folder = join(project.folder, 'node_modules/otomark')
  const { exports, bin } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const paths = JSON.stringify([exports, bin]).match(/"(\.\/)?dist[^"]*"/g) ?? []
  expect(paths.length).toBeGreaterThan(6)
  for (const path of paths) await expect(readFile(join(folder, JSON.parse(path)))).resolves.toBeDefined()
})

function createProgram(files: readonly string[], options: ts.CompilerOptions = {}): ts.Program {
  return ts.createProgram(
    files.map((name) => join(project.folder, name)),
    {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true,
      // A user's own types of Node are those of this repository.
      typeRoots: [join(root, 'node_modules/@types')],
      types: ['node'],
      ...options
    }
  )
}

function problems(program: ts.Program): string[] {
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    const where = file?.fileName.replace(project.folder, '') ?? ''
    return `${where}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
  })
}

interface PublicFunction {
  readonly name: string
  readonly example: string | undefined
}

/** The functions that the entry points export, with the text of their first `@example`. */
function publicFunctions(program: ts.Program): PublicFunction[] {
  const checker = program.getTypeChecker()
  const file = program.getSourceFile(join(project.folder, 'all.ts'))
  const all = file && checker.getSymbolAtLocation(file)
  const found = new Map<ts.Symbol, PublicFunction>()
  for (const entry of all ? checker.getExportsOfModule(all) : []) {
    const module = checker.getAliasedSymbol(entry)
    for (const exported of checker.getExportsOfModule(module)) {
      const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0
      const symbol = isAlias ? checker.getAliasedSymbol(exported) : exported
      if ((symbol.flags & ts.SymbolFlags.Function) === 0) continue
      const tag = symbol.getJsDocTags(checker).find(({ name }) => name === 'example')
      found.set(symbol, { name: symbol.name, example: tag && ts.displayPartsToString(tag.text) })
    }
  }
  return [...found.values()]
}

function fenced(example: string): string {
  return /```ts\n([\s\S]*?)```/.exec(example)?.[1] ?? 'throw new Error("an @example holds no fenced TypeScript")'
}
