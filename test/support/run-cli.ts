import { vi } from 'vitest'
import { commandsFor } from '../../src/cli/commands.ts'
import { run } from '../../src/cli/run.ts'

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
    const code = await run(words, await commandsFor(words))
    return { code, ...said }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}
