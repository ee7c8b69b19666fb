import { spawnSync } from 'node:child_process'
import { findChromium } from './chromium.ts'
import { findFirefox, hasScreen } from './firefox/firefox.ts'

/**
 * `npm run test:browser`: the tests of this folder in a headless Chromium, or a word why not. With `--built` it tests
 * the page in `dist` as it is.
 */
const words = process.argv.slice(2)
const isBuilt = words.includes('--built')
if (findFirefox() === undefined) console.log('Tests in Firefox are skipped: none here. OTOMARK_FIREFOX names one.')
else if (!hasScreen()) console.log('Slices are not looked at in Firefox: no Xvfb here.')
if (findChromium() === undefined) {
  console.log('Browser tests are skipped: no Chromium here. Install one, or name it in OTOMARK_CHROMIUM.')
  console.log('0 passed, 0 failed')
} else {
  // The page is tested as it is shipped: built anew, so that no test looks at an older one.
  const build = ['vite', 'build', '--config', 'web/vite.config.ts', '--logLevel', 'error']
  if (!isBuilt && spawnSync('npx', build, { stdio: 'inherit' }).status !== 0) process.exit(1)
  const wanted = words.filter((word) => word !== '--built')
  const command = ['vitest', 'run', '--config', 'test/browser/vitest.config.ts', '--root', '.', ...wanted]
  process.exitCode = spawnSync('npx', command, { stdio: 'inherit' }).status ?? 1
}
