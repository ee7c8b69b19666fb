import { defineConfig } from 'vitest/config'

/** Ends a test that hangs; it is no measure of speed, since a test shares the processor with whatever else runs. */
const hanging = 1_800_000

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/package/**', 'test/services/**'],
    setupFiles: ['test/support/replayable.ts'],
    testTimeout: hanging,
    hookTimeout: hanging,
    // Vitest leaves a processor to itself, which hardly uses it.
    maxWorkers: '100%',
    teardownTimeout: hanging,
    reporters: ['default', './test/support/closing-line.ts'],
    coverage: {
      provider: 'v8',
      reportOnFailure: true,
      include: ['src/**/*.ts'],
      exclude: ['src/**/*.generated.ts'],
      reporter: ['text-summary', 'json-summary']
    }
  }
})
