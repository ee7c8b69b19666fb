import { spawnSync } from 'node:child_process'
import { tools } from './tools.ts'

/**
 * `npm run test:services`: tests with the programs of others, each skipped with a word where its program is missing.
 * All of them run in a network namespace with loopback only, so that nothing is served to a network or asked of one.
 */
const missing = Object.entries(tools).filter(([, { found }]) => !found)
for (const [name, { how }] of missing) console.log(`SKIPPED, no ${name}: ${how}`)
const command = ['npx', 'vitest', 'run', '--config', 'test/services/vitest.config.ts', ...process.argv.slice(2)]
// Slurm resolves no name where every address is one of loopback; 192.0.2.1 is for documentation (RFC 5737), and here on lo.
const loopback = 'ip link set lo up && ip addr add 192.0.2.1/32 dev lo && exec "$@"'
const apart = ['unshare', '--net', 'sh', '-c', loopback, 'sh']
const [program = 'npx', ...words] = tools.namespace.found ? [...apart, ...command] : command
process.exitCode = spawnSync(program, words, { stdio: 'inherit' }).status ?? 1
for (const [name] of missing) console.log(`Tests that need ${name} were skipped.`)
