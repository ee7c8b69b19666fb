import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { publint } from 'publint'
import { expect, inject, test } from 'vitest'
import { markdownExamples, type Project, projectIn, root } from './installed-project.ts'

const { folder, tarball, outcome } = inject('installation')
const project = projectIn(folder)

test('npm install, as a user types it, ends well also where only the npm registry can be reached', async () => {
  expect(outcome).toMatchObject({ code: 0 })
  const { engine, missing } = JSON.parse(await evaluated(project, engineScript))
  const packages = await readdir(join(project.folder, 'node_modules'))
  // Where the install script of the native package could not download, npm has left the package out.
  if (packages.includes('onnxruntime-node')) expect({ engine, missing }).toEqual({ engine: 'onnxruntime-node' })
  else expect({ engine, missing }).toEqual({ engine: 'onnxruntime-web', missing: 'it is not installed' })
})

test('the program runs in that project, natively or on WebAssembly', async () => {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  expect(await project.run('npx', 'otomark', '--version')).toMatchObject({ code: 0, out: `${version}\n` })
  const analysed = await project.run('npx', 'otomark', 'analyze', 'scan.nii.gz', '--output', 'out')
  expect(analysed).toMatchObject({ code: 0 })
  expect(analysed.out).toContain('ear')
  const result = JSON.parse(await readFile(join(project.folder, 'out/result.json'), 'utf8'))
  expect(result).toMatchObject({ software: { name: 'otomark', version }, ears: [{ side: expect.any(String) }] })
})

test('the switch of the README brings the native package; program, and snippets of README and how-to, find the ear with it', async () => {
  const skipping = { ONNXRUNTIME_NODE_INSTALL: 'skip' }
  const { optionalDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const native = `onnxruntime-node@${optionalDependencies['onnxruntime-node']}`
  expect(await project.runWith(skipping, 'npm', 'install', native)).toMatchObject({ code: 0 })
  expect(JSON.parse(await evaluated(project, engineScript))).toEqual({ engine: 'onnxruntime-node' })
  const { code, out, err } = await project.run(
    'npx',
    'otomark',
    'analyze',
    'scan.nii.gz',
    '--output',
    'native',
    '--json'
  )
  expect({ code, err }).toEqual({ code: 0, err: '' })
  const { side } = JSON.parse(out).ears[0]

  const [snippet = ''] = await markdownExamples(join(root, 'README.md'))
  await project.write('snippet.mjs', snippet)
  const printed = await project.run('node', 'snippet.mjs')
  expect({ code: printed.code, side: printed.out.match(/^(left|right) /)?.[1] }).toEqual({ code: 0, side })

  const [whole = ''] = await markdownExamples(join(root, 'docs/how-to/library.md'))
  await project.write('whole.mjs', whole)
  expect(await project.run('node', 'whole.mjs')).toMatchObject({ code: 0, err: '' })
  const written = JSON.parse(await readFile(join(project.folder, 'out/result.json'), 'utf8'))
  expect(written.ears[0].side).toBe(side)
})

test('importing otomark changes no environment, starts nothing and loads no native code', async () => {
  const script = `
    const before = JSON.stringify(process.env)
    const start = performance.now()
    await import('otomark')
    const milliseconds = performance.now() - start
    console.log(JSON.stringify({
      milliseconds,
      sameEnvironment: JSON.stringify(process.env) === before,
      active: process.getActiveResourcesInfo().filter((kind) => !/Pipe|TTY|FSReq|CloseReq/.test(kind)),
      native: process.report.getReport().sharedObjects.filter((path) => path.includes('onnxruntime'))
    }))`
  const { milliseconds, ...effects } = JSON.parse(await evaluated(project, script))
  console.log(`import of otomark: ${milliseconds.toFixed(0)} ms`)
  expect(effects).toEqual({ sameEnvironment: true, active: [], native: [] })
})

test('publint finds nothing to mend', async () => {
  const { messages } = await publint({ pkgDir: join(project.folder, 'node_modules/otomark'), strict: true })
  expect(messages).toEqual([])
})

test('Are The Types Wrong finds nothing to mend', async () => {
  const command = join(root, 'node_modules/.bin/attw')
  expect(await project.run(command, tarball, '--profile', 'esm-only', '--format', 'ascii')).toMatchObject({
    code: 0
  })
})

test('what ships is what users need: no tests, no sources, no source maps', async () => {
  const { out } = await project.run('tar', '-tzf', tarball)
  const files = out
    .trim()
    .split('\n')
    .map((path) => path.replace(/^package\//, ''))
  expect([...new Set(files.map((path) => path.split('/')[0]))].sort()).toEqual([
    'ARCHITECTURE.md',
    'CHANGELOG.md',
    'CITATION.cff',
    'CONTRIBUTING.md',
    'LICENSE',
    'README.md',
    'bench',
    'dist',
    'docs',
    'examples',
    'models',
    'package.json',
    'studies'
  ])
  expect(files.filter((path) => /\.map$|(?<!\.d)\.ts$|\.test\./.test(path))).toEqual([])
  expect(files).toEqual(expect.arrayContaining(['dist/web/index.html', 'models/default/segmenter.onnx']))
})

const engineScript = `
  import { findNodeEngine } from 'otomark/node'
  const { package: engine, missing } = await findNodeEngine()
  console.log(JSON.stringify({ engine, missing }))`

async function evaluated({ run }: Project, script: string): Promise<string> {
  const { code, out, err } = await run('node', '--input-type=module', '--eval', script)
  if (code !== 0) throw new Error(err)
  return out
}
