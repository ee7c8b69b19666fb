import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createRandom } from '../../src/core/math/random.ts'
import { checkpointedRecipe } from '../train/tiny-configuration.ts'
import { killed, run } from './command.ts'
import { differences, leftOver, onlyWhole } from './results.ts'

/**
 * `npx tsx test/kills/run.ts`, after `npm run build`: ends `analyze --cohort` and `train` by SIGKILL at random moments,
 * a third of them late, where results are written, and on a disk that fills up; the same command then goes on. All
 * files that bear their names must be whole after every kill, and after the last run all must be as those of a run that
 * was not killed, with nothing beside them. Ends with `N passed, N failed`.
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    disks: { type: 'string', default: '6' },
    only: { type: 'string' }
  }
})
const [kills, seed, disks] = [values.kills, values.seed, values.disks].map(Number) as [number, number, number]
const here = fileURLToPath(new URL('.', import.meta.url))
const walk = join(here, '../browser/walk/small-model')
const scratch = mkdtempSync(join(tmpdir(), 'kills-'))

/** Kills between two runs to the end. */
const killsOfOneFolder = 10

interface Subject {
  readonly name: string
  /** The command line that writes into a folder, and goes on with what it finds there. */
  words(folder: string): readonly string[]
  /** Bytes of a disk on which it ends early. */
  readonly smallDisk: number
}

mkdirSync(join(scratch, 'scans'))
copyFileSync(join(walk, 'generated-ear.nii.gz'), join(scratch, 'scans', 'ear.nii.gz'))
writeFileSync(join(scratch, 'scans', 'broken.nii.gz'), 'no scan')
writeFileSync(join(scratch, 'recipe.json'), JSON.stringify(checkpointedRecipe))

const subjects: readonly Subject[] = [
  {
    name: 'train',
    words: (folder) => ['train', join(scratch, 'recipe.json'), '--output', folder, '--resume'],
    smallDisk: 200_000
  },
  {
    name: 'cohort',
    words: (folder) => ['analyze', join(scratch, 'scans'), '--cohort', folder, '--model', walk, '--threads', '2'],
    smallDisk: 2_000_000
  }
]

let [passed, failed] = [0, 0]
function check(what: string, problems: readonly string[]): void {
  if (problems.length === 0) passed++
  else failed++
  if (problems.length > 0) console.log(`FAILED ${what}: ${problems.join('; ')}`)
}

async function killCampaign({ name, words }: Subject, straight: string, seconds: number): Promise<void> {
  const random = createRandom(seed)
  let [done, ends, folders] = [0, 0, 0]
  while (done < kills) {
    const folder = join(scratch, `${name}-${folders++}`)
    for (let n = 0; n < killsOfOneFolder && done < kills; n++) {
      // Late: when what remains to be done is written.
      const share = random.chance(1 / 3) ? random.uniform(0.85, 1.02) : random.uniform(0, 0.9)
      if (!(await killed(words(folder), share * seconds * 1000))) {
        // It came to its end first: another folder, so that the next one has work to do.
        ends++
        break
      }
      done++
      check(`${name}, kill ${done}`, existsSync(folder) ? onlyWhole(folder, straight) : [])
    }
    await run(words(folder))
    check(`${name}, after kills`, [...differences(folder, straight), ...leftOver(folder)])
    rmSync(folder, { recursive: true })
  }
  console.log(`${name}: ${done} kills in ${folders} folders; ${ends} runs ended before their kill`)
}

/** Disks of several sizes, all too small; then with room. */
async function diskCampaign({ name, words, smallDisk }: Subject, straight: string): Promise<void> {
  const random = createRandom(seed, 1)
  let full = 0
  for (let n = 0; n < disks; n++) {
    const disk = join(scratch, `disk-${name}-${n}`)
    mkdirSync(disk)
    const size = Math.max(16, Math.round((smallDisk * random.uniform(0.1, 1)) / 4096) * 4)
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}k`, 'tmpfs', disk]).status !== 0) {
      console.log(`SKIPPED: no small disk can be mounted here, so that a full one was not tried with ${name}`)
      return
    }
    try {
      const folder = join(disk, 'out')
      const { code, err } = await run(words(folder))
      if (code === 5) full++
      const told = code !== 5 || /otomark: .*disk is full/.test(err) ? [] : [`says ${err.slice(-200)}`]
      check(`${name} on ${size} kB`, [...told, ...(existsSync(folder) ? leftOver(folder) : [])])
      check(`${name} on ${size} kB, files`, existsSync(folder) ? onlyWhole(folder, straight) : [])
      spawnSync('mount', ['-o', 'remount,size=64m', disk])
      await run(words(folder))
      check(`${name} on ${size} kB, then with room`, [...differences(folder, straight), ...leftOver(folder)])
    } finally {
      spawnSync('umount', [disk])
    }
  }
  console.log(`${name}: ${full} of ${disks} small disks were full`)
}

for (const subject of subjects) {
  if (values.only !== undefined && values.only !== subject.name) continue
  const straight = join(scratch, `${subject.name}-straight`)
  const begun = performance.now()
  await run(subject.words(straight))
  const seconds = (performance.now() - begun) / 1000
  console.log(`${subject.name}: ${seconds.toFixed(1)} s without a kill`)
  await killCampaign(subject, straight, seconds)
  await diskCampaign(subject, straight)
}
rmSync(scratch, { recursive: true })
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
