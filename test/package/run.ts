import { spawnSync } from 'node:child_process'

/**
 * `npm run test:package`: the package as a user gets it — packed, installed from the npm registry into an empty
 * project, run, compiled against. With `--built` it packs `dist` as it is. The only tests that need a network; without
 * one they fail, since nothing was proved.
 */
const run = (command: string, ...words: string[]): number => spawnSync(command, words, { stdio: 'inherit' }).status ?? 1

const reachable = spawnSync('npm', ['ping', '--fetch-retries=0'], { encoding: 'utf8' })
if (reachable.status !== 0) {
  console.error(`THE PACKAGE TESTS DID NOT RUN: the npm registry cannot be reached.\n${reachable.stderr}`)
  console.log('0 passed, 1 failed')
  process.exitCode = 1
} else if (!process.argv.includes('--built') && run('npm', 'run', 'build') !== 0) {
  console.log('0 passed, 1 failed')
  process.exitCode = 1
} else {
  process.exitCode = run('npx', 'vitest', 'run', '--config', 'test/package/vitest.config.ts', '--root', '.')
}
