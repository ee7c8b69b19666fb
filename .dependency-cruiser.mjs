/**
 * The layers. Imports point downward only, from a later row to an earlier one; modules of one row do not
 * import each other. `npm run layers` checks this, type imports included.
 */
const rows = [
  ['core'],
  ['ear', 'electrode', 'io', 'onnx'],
  ['cases', 'runtime'],
  ['network', 'node'],
  ['analyze', 'generate', 'evaluate'],
  ['measure', 'train'],
  ['implant'],
  ['calibrate', 'report', 'study', 'clinic'],
  ['cli']
]

/** Modules that make models; what a user's scan walks through never depends on them. */
const modelMaking = ['generate', 'train', 'evaluate', 'calibrate', 'study']

/** Modules that also run in a browser, but for the files named below. */
const browserSafe = [
  'core',
  'ear',
  'electrode',
  'io',
  'cases',
  'onnx',
  'runtime',
  'network',
  'analyze',
  'measure',
  'implant',
  'report',
  'clinic'
]
const nodeFiles = ['^src/runtime/node\\.ts$', '^src/node/']

/** The page builds on everything that runs in a browser; these files of it build it, in Node. */
const pageBuild = ['^web/vite\\.config\\.ts$', '^web/service-worker/plugin\\.ts$']

/** What the page takes of modules that it does not build on: a file that needs no more than core. */
const pageMayUse = ['^src/cli/app/page-headers\\.ts$']

const inModules = (modules) => `^src/(${modules.join('|')})/`

const downwardOnly = rows.flatMap((row, level) =>
  row.map((name) => ({
    name: `${name}-imports-only-downward`,
    comment: `${name} may import only ${rows.slice(0, level).flat().join(', ') || 'itself'}.`,
    severity: 'error',
    from: { path: inModules([name]) },
    to: {
      path: [
        inModules(
          rows
            .slice(level)
            .flat()
            .filter((other) => other !== name)
        ),
        '^src/[^/]+\\.ts$'
      ]
    }
  }))
)

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...downwardOnly,
    {
      name: 'analysis-without-model-making',
      comment: 'What a scan walks through must not reach, even indirectly, the modules that make models.',
      severity: 'error',
      from: { path: inModules(['analyze', 'measure', 'implant', 'report', 'clinic']) },
      to: { path: inModules(modelMaking), reachable: true }
    },
    {
      name: 'no-node-in-the-browser',
      comment: 'These modules also run in a browser; put Node code into a file of its own and name it here.',
      severity: 'error',
      from: { path: inModules(browserSafe), pathNot: nodeFiles },
      to: { dependencyTypes: ['core'] }
    },
    {
      name: 'no-node-files-in-the-browser',
      comment: 'A file that also runs in a browser must not reach one that needs Node.',
      severity: 'error',
      from: { path: inModules(browserSafe), pathNot: nodeFiles },
      to: { path: [...nodeFiles, 'node_modules/onnxruntime-node'], reachable: true }
    },
    {
      name: 'nothing-stands-on-the-page',
      comment: 'The page is the outermost layer.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^web/' }
    },
    {
      name: 'the-page-makes-no-models',
      comment:
        'What the page loads must not reach, even indirectly, the modules that make models, nor the command line.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: inModules([...modelMaking, 'cli']), pathNot: pageMayUse, reachable: true }
    },
    {
      name: 'no-node-in-the-page',
      comment: 'The page runs in a browser.',
      severity: 'error',
      from: { path: '^web/', pathNot: pageBuild },
      to: { dependencyTypes: ['core'] }
    },
    {
      name: 'no-node-files-in-the-page',
      comment: 'The page must not reach a file that needs Node.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: [...nodeFiles, 'node_modules/onnxruntime-node'], reachable: true }
    },
    {
      name: 'only-known-modules',
      comment: 'A new module needs its place in the rows of .dependency-cruiser.mjs.',
      severity: 'error',
      from: { path: '^src/', pathNot: [inModules(rows.flat()), '^src/[^/]+$'] },
      to: {}
    },
    {
      name: 'no-cycles',
      comment:
        'Files that import each other cannot be understood one at a time. Operators may: the gradient of one is made ' +
        'of others, as those of pad and slice are each other.',
      severity: 'error',
      from: {},
      to: { circular: true, via: { pathNot: '^src/onnx/operators/' } }
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true }
    },
    {
      name: 'shipped-code-uses-shipped-packages',
      comment: 'Users get the dependencies only; the development dependencies stay behind.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] }
    }
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] }
  }
}
