import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

/** Runs otomark to its end. */
export async function run(words: readonly string[]): Promise<{ readonly code: number | null; readonly err: string }> {
  const child = spawn(process.execPath, [main, ...words], { stdio: ['ignore', 'ignore', 'pipe'] })
  let err = ''
  child.stderr.on('data', (text: Buffer) => {
    err += text.toString()
  })
  await once(child, 'close')
  return { code: child.exitCode, err }
}

/** Runs otomark and kills it after some time, ms. @returns false if it came to its end before */
export async function killed(words: readonly string[], milliseconds: number): Promise<boolean> {
  const child = spawn(process.execPath, [main, ...words], { stdio: 'ignore' })
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds)
  await once(child, 'close')
  clearTimeout(timer)
  return child.signalCode === 'SIGKILL'
}
