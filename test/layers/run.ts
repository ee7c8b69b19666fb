import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import readConfiguration from 'dependency-cruiser/config-utl/extract-depcruise-config'
import { nodeImports } from './node-in-browser.ts'

/**
 * Part of `npm run layers`: no Node module reaches a browser, by way of a package either. Looks at every file that the
 * rule `no-node-in-the-browser` of .dependency-cruiser.mjs is about, at the entry points and at the page with its worker.
 */
const root = fileURLToPath(new URL('../../', import.meta.url))
const { forbidden = [] } = await readConfiguration(`${root}.dependency-cruiser.mjs`)
const { path, pathNot } = forbidden.find(({ name }) => name === 'no-node-in-the-browser')?.from ?? {}
const matches = (patterns: typeof path, file: string): boolean =>
  [patterns ?? []].flat().some((pattern) => new RegExp(pattern).test(file))
const browserFiles = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' })
  .map((name) => `src/${name}`)
  .filter((file) => file.endsWith('.ts') && matches(path, file) && !matches(pathNot, file))
if (browserFiles.length === 0) throw new Error('the rule no-node-in-the-browser names no file')

const files = ['src/index.ts', 'src/browser.ts', 'web/main.ts', 'web/worker/worker.ts', ...browserFiles]
const found = await nodeImports(root, files)
for (const { module, path: way } of found) {
  console.error(`error no-node-by-way-of-a-package: ${[...way, module].join(' → ')}`)
}
if (found.length > 0) process.exitCode = 1
else console.log(`✔ no Node module is reached from ${files.length} files that run in a browser, packages included`)
