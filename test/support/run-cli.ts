import { vi } from 'vitest'
import { analyzeCommand } from '../../src/cli/analyze.ts'
import { appCommand } from '../../src/cli/app.ts'
import { calibrateCommand } from '../../src/cli/calibrate.ts'
import { evaluateCommand } from '../../src/cli/evaluate.ts'
import { exportCommand } from '../../src/cli/export.ts'
import { generateCommand } from '../../src/cli/generate.ts'
import { run } from '../../src/cli/run.ts'
import { trainCommand } from '../../src/cli/train.ts'

/** What a command line ended with. */
export interface CliOutcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs otomark's command line in this process, and keeps what it says. */
export async function runCli(...words: string[]): Promise<CliOutcome> {
  const said = { out: '', err: '' }
  const listen = (stream: NodeJS.WriteStream, key: keyof typeof said) =>
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      said[key] += text
      return true
    })
  const spies = [listen(process.stdout, 'out'), listen(process.stderr, 'err')]
  try {
    const code = await run(words, [
      analyzeCommand(),
      appCommand(),
      calibrateCommand(),
      evaluateCommand(),
      exportCommand(),
      generateCommand(),
      trainCommand()
    ])
    return { code, ...said }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}
