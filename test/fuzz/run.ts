import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createRandom } from '../../src/core/math/random.ts'
import { runCampaign } from './campaign.ts'
import { endKinds, endOf } from './ends.ts'
import { writeFileSet } from './file-set.ts'
import { changedInput } from './format.ts'
import { formats } from './formats.ts'

/**
 * `npm run fuzz`: reads changed files of every format otomark reads, in processes of their own, and tells how they
 * ended. All but reading and a refusal in one line is a fault: an error that is none of otomark's, more than 10 s, more
 * than 1 GiB beyond the input's own size. Ends with `N passed, N failed`, a format each.
 */
const { values } = parseArgs({
  options: {
    format: { type: 'string', default: Object.keys(formats).join(',') },
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    first: { type: 'string', default: '0' },
    inputs: { type: 'string', default: 'Infinity' },
    keep: { type: 'string' },
    help: { type: 'boolean', default: false }
  }
})
const usage = `npm run fuzz -- [options]
  --format NAME,NAME  of ${Object.keys(formats).join(', ')} (all)
  --seconds NUMBER    for all formats together (60)
  --seed NUMBER       the same seed gives the same inputs (1)
  --first NUMBER      begin with this input (0); with --inputs 1 it alone is tried
  --inputs NUMBER     at most so many of each format
  --keep FOLDER       write the first input there, read it in this process and tell how that ends
`

const names = values.format.split(',')
const unknown = names.find((name) => !Object.hasOwn(formats, name))
const numbers = [values.seconds, values.seed, values.first, values.inputs].map(Number)
const [seconds, seed, first, inputs] = numbers as [number, number, number, number]
if (values.help || unknown !== undefined || numbers.some(Number.isNaN)) {
  if (unknown !== undefined) process.stderr.write(`there is no format ${unknown}\n`)
  process.stdout.write(usage)
  process.exitCode = values.help ? 0 : 2
} else if (values.keep !== undefined) await replay(names[0] as string, resolve(values.keep))
else await tryAll()

async function tryAll(): Promise<void> {
  let failed = 0
  console.log(['format', 'inputs', ...endKinds].map((word) => word.padStart(10)).join(''))
  for (const format of names) {
    const options = { format, seed, first, end: first + inputs, seconds: seconds / names.length }
    const { counts, faults } = await runCampaign(options)
    const total = endKinds.reduce((sum, kind) => sum + counts[kind], 0)
    console.log(
      [format, total, ...endKinds.map((kind) => counts[kind])].map((cell) => String(cell).padStart(10)).join('')
    )
    for (const { index, end, message } of faults.slice(0, 20)) {
      console.log(
        `  ${end}: --format ${format} --seed ${seed} --first ${index} --keep FOLDER: ${message.slice(0, 600)}`
      )
    }
    if (faults.length > 0 || total === 0) failed++
  }
  console.log(`${names.length - failed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}

async function replay(name: string, folder: string): Promise<void> {
  const format = formats[name] as (typeof formats)[string]
  writeFileSet(join(folder, 'seeds'), {})
  const { files, main } = changedInput(format, await format.seeds(join(folder, 'seeds')), createRandom(seed, first))
  writeFileSet(join(folder, 'input'), files)
  console.log(`input ${first} of ${name}, seed ${seed}: ${join(folder, 'input', main)}`)
  const { end, message } = await format.read(join(folder, 'input', main)).then(
    () => ({ end: 'read', message: '' }),
    (error: unknown) => endOf(error)
  )
  console.log(`${end}: ${message}`)
  process.exit(0)
}
