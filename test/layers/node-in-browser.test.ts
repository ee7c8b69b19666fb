import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { scratchFolder } from '../support/scratch-folder.ts'
import { nodeImports } from './node-in-browser.ts'

const root = scratchFolder()

/** A library with packages that use Node, some of them only where there is one. */
const files: Record<string, string> = {
  'src/good.ts': "import 'harmless'\nimport 'careful'\nexport const good = 1\n",
  'src/bad.ts': "import { table } from './table.ts'\nexport const bad = table\n",
  'src/table.ts': "export { table } from 'table'\n",
  'src/types.ts': "import type { Stats } from 'node:fs'\nexport type S = Stats\n",
  'node_modules/harmless/package.json': '{ "name": "harmless", "main": "index.js" }',
  'node_modules/harmless/index.js': 'module.exports = 1\n',
  'node_modules/careful/package.json': '{ "name": "careful", "main": "index.js", "browser": { "fs": false } }',
  'node_modules/careful/index.js': "module.exports = require('fs')\n",
  'node_modules/table/package.json': '{ "name": "table", "main": "index.js" }',
  'node_modules/table/index.js': "exports.table = require('colours').blue\n",
  'node_modules/colours/package.json': '{ "name": "colours", "main": "index.js" }',
  'node_modules/colours/index.js': "exports.blue = require('os').EOL\n"
}
for (const [name, text] of Object.entries(files)) {
  mkdirSync(join(root, dirname(name)), { recursive: true })
  writeFileSync(join(root, name), text)
}

test('a Node module that a package of a package needs is found, with the way to it', async () => {
  expect(await nodeImports(root, ['src/good.ts', 'src/bad.ts'])).toEqual([
    {
      module: 'os',
      path: ['src/bad.ts', 'src/table.ts', 'node_modules/table/index.js', 'node_modules/colours/index.js']
    }
  ])
})

test('types, and what a package leaves out in a browser, are no Node modules', async () => {
  expect(await nodeImports(root, ['src/good.ts', 'src/types.ts'])).toEqual([])
})
