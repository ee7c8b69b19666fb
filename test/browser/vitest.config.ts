import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { chromiumArguments, findChromium, softwareGraphics } from './chromium.ts'
import { cpuCommands } from './cpu-commands.ts'

const executablePath = findChromium()

/** Ends a test that hangs, ms; it is no measure of speed, since a test shares the processor with whatever else runs. */
const hanging = 1_200_000

const chromium = {
  // Without these headers a page has neither shared memory nor threads.
  server: {
    headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }
  },
  // Bundled anew, ONNX Runtime would look for its files in other places.
  optimizeDeps: { exclude: ['onnxruntime-web'] },
  test: {
    name: 'browser',
    include: ['test/browser/*.test.ts'],
    testTimeout: hanging,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      commands: cpuCommands,
      provider: playwright({
        launchOptions: { args: chromiumArguments, ...(executablePath !== undefined && { executablePath }) }
      }),
      instances: [{ browser: 'chromium' as const }]
    }
  }
}

// The WebGPU provider in Node, on the same software adapter; pages that are served otherwise than Vitest does.
const node = {
  test: {
    name: 'node',
    include: [
      'test/runtime/webgpu.test.ts',
      'test/browser/page/*.test.ts',
      'test/browser/walk/*.test.ts',
      'test/browser/bundle/*.test.ts',
      'test/browser/firefox/*.test.ts'
    ],
    testTimeout: hanging,
    hookTimeout: hanging,
    // On a busy machine a picture drawn in software takes seconds.
    expect: { poll: { timeout: 240_000 } },
    // Each has a browser that computes; side by side they would take each other's processors. What one has loaded and
    // analysed serves the next.
    fileParallelism: false,
    isolate: false,
    sequence: { groupOrder: 1 },
    env: softwareGraphics
  }
}

/** What needs a browser or a graphics adapter. */
export default defineConfig({
  test: { reporters: ['default', './test/support/closing-line.ts'], projects: [chromium, node] }
})
