import { readdirSync, readFileSync } from 'node:fs'
import { configDefaults, defineConfig } from 'vitest/config'

/** Ends a test that hangs; it is no measure of speed, since a test shares the processor with whatever else runs. */
const hanging = 1_800_000

/** What a test file (not its helpers) changes for all of its process: modules, the folder it is in, its environment, its signals. */
const changesItsProcess = /\bvi\.(do)?mock\(|\bvi\.stub(Env|Global)\(|\bprocess\.(chdir|emit)\(/

const others = /^(browser|package|services)\//
const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.test.ts') && !others.test(path))
  .map((path) => `test/${path}`)
const ofTheirOwn = files.filter((path) => changesItsProcess.test(readFileSync(path, 'utf8')))

const each = {
  setupFiles: ['test/support/replayable.ts'],
  testTimeout: hanging,
  hookTimeout: hanging
}

export default defineConfig({
  test: {
    // Loading what a test imports takes longer than most tests: a process keeps it from one file to the next.
    projects: [
      { test: { ...each, name: 'alone', include: ofTheirOwn, isolate: true } },
      {
        test: {
          ...each,
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, 'test/{browser,package,services}/**', ...ofTheirOwn],
          isolate: false
        }
      }
    ],
    // Vitest leaves a processor to itself, which hardly uses it.
    maxWorkers: '100%',
    teardownTimeout: hanging,
    reporters: ['default', './test/support/closing-line.ts'],
    coverage: {
      provider: 'v8',
      reportOnFailure: true,
      include: ['src/**/*.ts'],
      reporter: ['text-summary', 'json-summary']
    }
  }
})
