/**
 * What a cohort of temporal bones needs: seconds for each scan by the clock, and how much of the processors is used.
 * `npm run build && npx tsx bench/cohort.ts` generates 12 bones first (`--scans N`), and analyses
 * them once with one thread, a scan at a time, and once with all, a scan in each.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runProgram } from './program.ts'

const { values } = parseArgs({ options: { scans: { type: 'string', default: '12' } } })
const folder = await mkdtemp(join(tmpdir(), 'otomark-bench-'))
try {
  const scans = join(folder, 'scans')
  const protocol = ['--seed', '502', '--field', '32,40', '--finest', '0.3', '--any-orientation', '0']
  await runProgram(['generate', ...protocol, '--count', values.scans, '--output', scans], folder)
  for (const threads of [1, availableParallelism()]) {
    const cohort = join(folder, `cohort-${threads}`)
    const usage = await runProgram(['analyze', scans, '--cohort', cohort, '--threads', `${threads}`], folder)
    const used = usage.processors / (usage.clock * threads)
    console.log(
      `${threads} threads: ${(usage.clock / Number(values.scans)).toFixed(1)} s a scan, ${(100 * used).toFixed(0)} % of ${threads} processors, ${usage.mebibytes.toFixed(0)} MiB at most`
    )
  }
} finally {
  await rm(folder, { recursive: true })
}
