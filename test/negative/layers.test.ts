import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import readConfiguration from 'dependency-cruiser/config-utl/extract-depcruise-config'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const { forbidden = [], options = {} } = await readConfiguration(join(root, '.dependency-cruiser.mjs'))

/** A small project that breaks every rule once: file → its text, and the rule it breaks (none where it breaks none). */
const project: Record<string, { text: string; breaks?: string }> = {
  'src/core/good.ts': { text: 'export const good = 1\n' },
  'src/io/good.ts': { text: "import '../core/good.ts'\n" },
  'src/node/write-file.ts': { text: "import 'node:fs'\nimport '../core/good.ts'\n" },
  'src/runtime/node.ts': { text: "import 'node:os'\nexport const runtime = 1\n" },
  'src/generate/good.ts': { text: "import '../core/good.ts'\nexport const generate = 1\n" },
  'src/train/good.ts': { text: "import '../generate/good.ts'\nimport 'node:fs'\n" },
  'src/cli/good.ts': { text: "import '../train/good.ts'\nimport '../node/write-file.ts'\n" },
  'src/core/upward.ts': { text: "import '../io/good.ts'\n", breaks: 'core-imports-only-downward' },
  'src/io/upward-type.ts': {
    text: "import type { T } from '../network/type.ts'\nexport type U = T\n",
    breaks: 'io-imports-only-downward'
  },
  'src/network/type.ts': { text: 'export type T = 1\n' },
  'src/onnx/sideways.ts': { text: "import '../io/good.ts'\n", breaks: 'onnx-imports-only-downward' },
  'src/analyze/makes-models.ts': {
    text: "import '../generate/good.ts'\n",
    breaks: 'analysis-without-model-making'
  },
  'src/clinic/makes-models.ts': {
    text: "import '../evaluate/good.ts'\n",
    breaks: 'analysis-without-model-making'
  },
  'src/evaluate/good.ts': { text: 'export const evaluate = 1\n' },
  'src/report/to-the-front.ts': { text: "import '../index.ts'\n", breaks: 'report-imports-only-downward' },
  'src/index.ts': { text: 'export const front = 1\n' },
  'src/measure/node-module.ts': { text: "import 'node:fs'\n", breaks: 'no-node-in-the-browser' },
  'src/analyze/half-way.ts': { text: "import '../node/write-file.ts'\n", breaks: 'no-node-files-in-the-browser' },
  'src/network/engine.ts': { text: "import 'onnxruntime-node'\n", breaks: 'no-node-files-in-the-browser' },
  'src/unlisted/new-module.ts': { text: "import '../core/good.ts'\n", breaks: 'only-known-modules' },
  'src/train/chicken.ts': { text: "import './egg.ts'\nexport const chicken = 1\n", breaks: 'no-cycles' },
  'src/train/egg.ts': { text: "import './chicken.ts'\nexport const egg = 1\n" },
  'src/train/nowhere.ts': { text: "import './missing.ts'\n", breaks: 'resolvable' },
  'src/cli/app/page-headers.ts': { text: 'export const headers = 1\n' },
  'web/good.ts': { text: "import '../src/io/good.ts'\nimport '../src/cli/app/page-headers.ts'\n" },
  'web/vite.config.ts': { text: "import 'node:fs'\n" },
  'src/cli/above.ts': { text: "import '../../web/good.ts'\n", breaks: 'nothing-stands-on-the-page' },
  'web/makes-models.ts': { text: "import '../src/generate/good.ts'\n", breaks: 'the-page-makes-no-models' },
  'web/node-module.ts': { text: "import 'node:fs'\n", breaks: 'no-node-in-the-page' },
  'web/node-files.ts': { text: "import '../src/runtime/node.ts'\n", breaks: 'no-node-files-in-the-page' },
  'src/train/for-developers.ts': { text: "import 'fast-check'\n", breaks: 'shipped-code-uses-shipped-packages' }
}

let folder: string
let result: ICruiseResult

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'otomark-layers-'))
  for (const [path, { text }] of Object.entries(project)) {
    await mkdir(join(folder, dirname(path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  for (const name of ['node_modules', 'package.json']) await symlink(join(root, name), join(folder, name))
  const { tsConfig: _, ...rest } = options
  const { output } = await cruise(['src', 'web'], { ...rest, baseDir: folder, validate: true, ruleSet: { forbidden } })
  if (typeof output === 'string') throw new Error(output)
  result = output
})

afterAll(() => rm(folder, { recursive: true, force: true }))

test.each(Object.entries(project))('the layer rules accept %s, or report the rule it breaks', (path, { breaks }) => {
  const broken = result.summary.violations.filter((violation) => violation.from === path).map(({ rule }) => rule.name)
  if (breaks === undefined) expect(broken).toEqual([])
  else expect(broken).toContain(breaks)
})

test('every kind of rule is broken once in this project', () => {
  const proved = new Set(Object.values(project).flatMap(({ breaks }) => breaks ?? []))
  const kinds = forbidden.map(({ name }) => name ?? '').filter((name) => !name.endsWith('-only-downward'))
  expect(kinds.filter((name) => !proved.has(name))).toEqual([])
})
