/**
 * Runs a cohort of generated scans, some of them broken on purpose, and watches it:
 * `npm run build && npx tsx studies/cohort/run.ts FOLDER [SCANS] [KILL_AFTER]`. FOLDER gets `scans` and `cohort`;
 * SCANS (200) counts the ten broken ones. The first sitting is killed (SIGKILL) after KILL_AFTER (60) cases, then the
 * same command goes on. Needs Linux, whose /proc shows a process's memory.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { decodeCsv } from '../../src/io/csv.ts'
import { writeBrokenScans } from './broken-scans.ts'

const [folder, count = '200', killAfter = '60'] = process.argv.slice(2)
if (folder === undefined) throw new Error('give a folder for the scans and the cohort')
const program = 'dist/cli/main.js'
const [scans, cohort] = [join(folder, 'scans'), join(folder, 'cohort')]
const protocol = ['--seed', '501', '--field', '32,40', '--finest', '0.3', '--any-orientation', '0']
const broken = writeBrokenScans(scans)
spawnSync('node', [program, 'generate', ...protocol, '--count', String(Number(count) - broken), '--output', scans], {
  stdio: 'inherit'
})

const sittings = existsSync(cohort) ? [await sit()] : [await sit(Number(killAfter)), await sit()]
const rows = (name: string): number => decodeCsv(readFileSync(join(cohort, name), 'utf8')).length - 1
console.log(`${rows('cohort.csv')} ears in cohort.csv, ${rows('errors.csv')} scans in errors.csv`)
for (const { code, seconds, cases, memory } of sittings) {
  console.log(`${cases} cases, ${seconds.toFixed(0)} s, ended with ${code}; memory (MiB) by quarters of the time:`)
  console.log(quarters(memory).join(', '))
}
writeFileSync(join(folder, 'memory.json'), JSON.stringify(sittings.map(({ memory }) => memory)))

/** One run of the command; killed after so many cases. */
async function sit(most = Number.POSITIVE_INFINITY) {
  const before = countCases()
  const began = performance.now()
  const child = spawn('node', [program, 'analyze', scans, '--cohort', cohort, '--threads', '1'], { stdio: 'inherit' })
  const ended = new Promise<number | string>((resolve) =>
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'nothing'))
  )
  const memory: number[] = []
  while (child.exitCode === null && child.signalCode === null) {
    memory.push(residentMemory(child.pid as number))
    if (countCases() - before >= most) child.kill('SIGKILL')
    await setTimeout(500)
  }
  const seconds = (performance.now() - began) / 1000
  return {
    code: await ended,
    seconds,
    cases: countCases() - before,
    memory: memory.filter((mebibytes) => mebibytes > 0)
  }
}

function countCases(): number {
  const cases = join(cohort, 'cases')
  if (!existsSync(cases)) return 0
  return readdirSync(cases).filter((name) => existsSync(join(cases, name, 'case.json'))).length
}

/** MiB; 0 when the process has ended. */
function residentMemory(pid: number): number {
  try {
    const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return Math.round(Number(line?.[1] ?? 0) / 1024)
  } catch {
    return 0
  }
}

function quarters(memory: readonly number[]): string[] {
  const bounds = [0, 1, 2, 3, 4].map((n) => Math.round((n * memory.length) / 4))
  return [0, 1, 2, 3].map((n) => {
    const part = memory.slice(bounds[n], bounds[n + 1])
    return `mean ${Math.round(part.reduce((sum, value) => sum + value, 0) / part.length)}, peak ${Math.max(...part)}`
  })
}
