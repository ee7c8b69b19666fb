import { defineConfig } from 'vitest/config'

/** What needs the npm registry; installing and running on WebAssembly take minutes on a busy machine. */
export default defineConfig({
  test: {
    include: ['test/package/*.test.ts'],
    globalSetup: 'test/package/setup.ts',
    testTimeout: 900_000,
    hookTimeout: 900_000,
    fileParallelism: false,
    reporters: ['default', './test/support/closing-line.ts']
  }
})
