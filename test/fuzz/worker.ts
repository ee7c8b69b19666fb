import { appendFileSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { createRandom } from '../../src/core/math/random.ts'
import { type EndKind, endKinds, endOf, type Fault, limits, toldCells } from './ends.ts'
import { type FuzzInput, sizeOf, writeFileSet } from './file-set.ts'
import { changedInput, type Format } from './format.ts'

/**
 * The process that reads: from its first input on, one after the other, until its time is over or it has become large.
 * It writes down the number of each input before it reads it, so that the process that started it knows which one was
 * the last.
 */
const [module = '', name = '', folder = '', ...numbers] = process.argv.slice(2)
const { formats }: { readonly formats: Readonly<Record<string, Format>> } = await import(module)
const format = formats[name]
if (format === undefined) throw new Error(`there is no format ${name}`)
const [seed, first, end, milliseconds] = numbers.map(Number) as [number, number, number, number]

/** The process starts anew when it has grown by this much, so that the next input's growth is seen. */
const largest = limits.memory / 2
const progress = openSync(join(folder, 'progress'), 'w+')
const input = join(folder, 'input')
const told = new Float64Array(toldCells)

function tell(): void {
  writeSync(progress, new Uint8Array(told.buffer), 0, told.byteLength, 0)
}

function count(index: number, kind: EndKind, message: string): void {
  const at = toldCells - endKinds.length + endKinds.indexOf(kind)
  told[at] = (told[at] ?? 0) + 1
  if (kind === 'bug' || kind === 'memory') {
    const fault: Fault = { index, end: kind, message: message.replaceAll(/\s*\n\s*/g, ' ') }
    appendFileSync(join(folder, 'faults.jsonl'), `${JSON.stringify(fault)}\n`)
  }
}

async function read(one: FuzzInput): Promise<{ readonly end: EndKind; readonly message: string }> {
  writeFileSet(input, one.files)
  try {
    await format?.read(join(input, one.main))
    return { end: 'read', message: '' }
  } catch (error) {
    return endOf(error)
  }
}

const peak = (): number => process.resourceUsage().maxRSS * 1024

told[0] = -1
tell()
writeFileSet(join(folder, 'seeds'), {})
const seeds = await format.seeds(join(folder, 'seeds'))
for (const whole of seeds) {
  // A whole input that is not read would hide all that comes after what refuses it.
  const { end: how, message } = await read(whole)
  if (how !== 'read') throw new Error(`${name}: a whole input is not read: ${message}`)
}
globalThis.gc?.()
const start = peak()
// What it takes to start does not count.
const begun = Date.now()
let index = first
for (; index < end && Date.now() - begun < milliseconds && peak() < start + largest; index++) {
  told[0] = index
  told[2] = Date.now() - begun
  tell()
  const one = changedInput(format, seeds, createRandom(seed, index))
  const before = process.memoryUsage.rss()
  if (before > start + largest / 4) globalThis.gc?.()
  const peakBefore = peak()
  const { end: how, message } = await read(one)
  const grown = peak() > peakBefore ? peak() - before : 0
  const tooLarge = grown > limits.memory + sizeOf(one)
  count(index, tooLarge ? 'memory' : how, tooLarge ? `took ${Math.round(grown / 2 ** 20)} MiB` : message)
}
told[0] = index
told[1] = 1
told[2] = Date.now() - begun
tell()
// What a runtime keeps open, such as decoders, does not hold the process.
process.exit(0)
