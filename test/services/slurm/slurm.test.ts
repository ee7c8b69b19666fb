import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeNifti } from '../../../src/io/nifti/encode.ts'
import { tinyStudy } from '../../study/tiny-study.ts'
import { compiledProgram } from '../../support/compiled-program.ts'
import { writeModelFolder } from '../../support/empty-model.ts'
import { runCli } from '../../support/run-cli.ts'
import { scratchFolder } from '../../support/scratch-folder.ts'
import { smallScan } from '../../support/small-scan.ts'
import { type Cluster, startCluster, until, whyNoCluster } from './cluster.ts'

const { main } = await compiledProgram()
const scratch = scratchFolder()
const missing = whyNoCluster()
if (missing !== undefined) console.warn(`SKIPPED: no Slurm is tried here: ${missing}`)

let cluster: Cluster

/** Starts otomark in a process of its own, which finds the cluster. */
function start(...words: string[]) {
  const child = spawn(process.execPath, [main, ...words], {
    env: { ...cluster.env, OTOMARK_SLURM_SECONDS: '0.3' }
  })
  const said = { out: '', err: '' }
  child.stdout.on('data', (text: Buffer) => {
    said.out += text.toString()
  })
  child.stderr.on('data', (text: Buffer) => {
    said.err += text.toString()
  })
  const code = new Promise<number | null>((resolve) => child.once('close', resolve))
  return { said, code }
}

const tableOf = (folder: string, names: RegExp) =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => names.test(name))
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')])
  )

describe.skipIf(missing !== undefined)('on a cluster of one node', () => {
  beforeAll(async () => {
    cluster = await startCluster(join(scratch, 'cluster'))
  })
  afterAll(() => cluster?.stop())

  test('a study outlives a drained node, a restarted controller and a killed task, and ends with the same table', async () => {
    const file = join(scratch, 'study.json')
    const [wider, ...others] = tinyStudy.variations
    // Long enough to be killed in the middle.
    const recipe = { ...tinyStudy.recipe, steps: 300, checkpointEvery: 5 }
    writeFileSync(file, JSON.stringify({ ...tinyStudy, recipe, variations: [wider, ...others.slice(0, 1)] }))
    const [local, remote] = [join(scratch, 'local'), join(scratch, 'remote')]
    expect((await runCli('study', 'run', file, '--output', local)).code).toBe(0)

    cluster.drain()
    const { said, code } = start('study', 'run', file, '--output', remote, '--executor', 'slurm', '--memory', '1G')
    await until(() => /job \d+: 4 to do, 4 tasks/.test(said.err))
    await until(() => /4 tasks left \(waiting: .*(ReqNodeNotAvail|Resources|Node)/i.test(said.err))
    await cluster.stopController()
    await until(() => said.err.includes('the controller does not answer'))
    await cluster.startController()
    await cluster.resume()

    let killed = 0
    await until(() => {
      const run = readdirSync(join(remote, 'runs')).find((name) =>
        readdirSync(join(remote, 'runs', name, 'training')).includes('checkpoint.safetensors')
      )
      const lock = readFileSync(join(remote, 'runs', run ?? '', 'training', '.otomark.lock'), 'utf8')
      killed = Number(lock.split(' ')[0])
      return process.kill(killed, 'SIGKILL')
    })
    expect(killed).toBeGreaterThan(1)
    expect(await code).toBe(0)
    expect(said.err.match(/job \d+: \d+ to do/g)?.slice(1)).toEqual([expect.stringMatching(/: 1 to do$/)])
    expect(said.out).toBe('tiny: 4 runs: 4 done, 0 running, 0 begun, 0 failed, 0 waiting\n')
    for (const folder of [local, remote]) await runCli('study', 'table', file, '--output', folder)
    expect(tableOf(remote, /^(table|forest)/)).toEqual(tableOf(local, /^(table|forest)/))
  })

  test('a job that was left to itself is followed, and not submitted again', async () => {
    const file = join(scratch, 'left.json')
    writeFileSync(file, JSON.stringify({ ...tinyStudy, name: 'left', variations: [] }))
    const folder = join(scratch, 'left')
    cluster.drain()
    const words = ['study', 'run', file, '--output', folder, '--executor', 'slurm', '--memory', '1G', '--per-task', '2']
    const first = start(...words)
    await until(() => /2 to do, 1 tasks/.test(first.said.err))
    const { job } = JSON.parse(readFileSync(join(folder, 'slurm', 'job.json'), 'utf8'))
    const second = start(...words)
    await until(() => second.said.err.includes(`job ${job} of an earlier call is under way`))
    await cluster.resume()
    expect([await first.code, await second.code]).toEqual([0, 0])
    expect(second.said.err).not.toContain('to do')
    expect(second.said.out).toContain('2 done')
  })

  test('a cohort is analysed in parts, and its tables are those of one process', async () => {
    const scans = join(scratch, 'scans')
    mkdirSync(scans)
    for (const name of ['a', 'b', 'c'])
      writeFileSync(join(scans, `${name}.nii.gz`), encodeNifti(smallScan(), { gzip: true }))
    writeFileSync(join(scans, 'd.nii.gz'), 'no scan')
    const model = await writeModelFolder(join(scratch, 'model'))
    const [local, remote] = [join(scratch, 'local-cohort'), join(scratch, 'remote-cohort')]
    const alone = await runCli('analyze', scans, '--cohort', local, '--model', model)
    const { said, code } = start(
      ...['analyze', scans, '--cohort', remote, '--model', model, '--executor', 'slurm'],
      ...['--memory', '1G', '--per-task', '2', '--sbatch=--comment=tested']
    )
    expect(await code).toBe(alone.code)
    expect(said.err).toMatch(/job \d+: 2 to do, 2 tasks/)
    expect(said.out).toBe(alone.out.replace(local, remote))
    expect(tableOf(remote, /\.csv$/)).toEqual(tableOf(local, /\.csv$/))
    expect(readFileSync(join(remote, 'slurm', 'job.sh'), 'utf8')).toMatch(/^#SBATCH --comment=tested$/m)
  })
})
