import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { chromiumArguments, findChromium, softwareGraphics } from './chromium.ts'
import { cpuCommands } from './cpu-commands.ts'

const executablePath = findChromium()

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
    testTimeout: 60_000,
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
    testTimeout: 60_000,
    // On a busy machine a picture drawn in software takes seconds.
    expect: { poll: { timeout: 60_000 } },
    // Each has a browser that computes; side by side they would take each other's processors.
    fileParallelism: false,
    env: softwareGraphics
  }
}

/** What needs a browser or a graphics adapter. */
export default defineConfig({
  test: { reporters: ['default', './test/support/closing-line.ts'], projects: [chromium, node] }
})
