import { spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What a run of the built program took. */
export interface Usage {
  /** Seconds by the clock, and of all processors together. */
  readonly clock: number
  readonly processors: number
  /** The most memory it ever held, MiB. */
  readonly mebibytes: number
}

/**
 * Runs the built program in a process of its own, which leaves its use of the machine behind.
 * @param folder for a file meanwhile
 * @throws Error if it ends with another exit code than 0
 */
export async function runProgram(words: readonly string[], folder: string): Promise<Usage> {
  const usage = join(folder, 'usage.json')
  const told = `import { writeFileSync } from 'node:fs'
    import { isMainThread } from 'node:worker_threads'
    if (isMainThread) {
      process.on('exit', () => writeFileSync(${JSON.stringify(usage)}, JSON.stringify(process.resourceUsage())))
    }`
  const atExit = `data:text/javascript,${encodeURIComponent(told)}`
  const program = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
  const began = performance.now()
  const code = await new Promise<number | null>((resolve, reject) => {
    spawn(process.execPath, ['--import', atExit, program, ...words], { stdio: ['ignore', 'ignore', 'inherit'] })
      .on('error', reject)
      .on('exit', resolve)
  })
  const clock = (performance.now() - began) / 1000
  if (code !== 0) throw new Error(`otomark ${words[0]} ended with ${code}`)
  const { userCPUTime, systemCPUTime, maxRSS }: NodeJS.ResourceUsage = JSON.parse(await readFile(usage, 'utf8'))
  await rm(usage)
  return { clock, processors: (userCPUTime + systemCPUTime) / 1e6, mebibytes: maxRSS / 1024 }
}
