import type { Reporter, SerializedError, TestModule } from 'vitest/node'

/**
 * Ends the output with one line `N passed, N failed`, after the coverage. A test file that cannot be loaded, a group of
 * tests whose hook fails and an error outside any test count as failed; a skipped test counts as neither and is said.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const count = (state: string): number => tests.filter((test) => test.result().state === state).length
    const groups = modules.flatMap((module) => [module, ...module.children.allSuites()])
    const broken = groups.filter((group) => group.errors().length > 0).length
    const skipped = count('skipped')
    process.once('exit', () => {
      if (skipped > 0) console.log(`${skipped} skipped`)
      console.log(`${count('passed')} passed, ${count('failed') + broken + unhandledErrors.length} failed`)
    })
  }
}
