import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { nodeRuntime } from '../src/runtime/node.ts'
import { fingerprintOf, openCases, surveyCases } from '../src/train/cases/open-cases.ts'
import { parseTrainingConfiguration, type TrainingConfiguration } from '../src/train/configuration.ts'
import type { StepRecord } from '../src/train/log.ts'
import { train } from '../src/train/loop.ts'
import { prepareSamples } from '../src/train/samples/prepare.ts'
import { prepareSamplesInWorkers } from '../src/train/samples/worker-stream.ts'

const { values } = parseArgs({
  options: {
    recipe: { type: 'string', default: 'models/recipes/segmenter.json' },
    steps: { type: 'string', default: '48' },
    workers: { type: 'string', default: '1,2' },
    edge: { type: 'string', default: '96' }
  }
})
const recipe: object = JSON.parse(await readFile(values.recipe, 'utf8'))
console.log(`${values.recipe}, ${availableParallelism()} cores`)
await measurePreparation(Number(values.edge))
for (const workers of values.workers.split(',').filter((count) => count !== ''))
  await measureFeeding(Number(workers), Number(values.steps))

function configure(changes: object): TrainingConfiguration {
  return parseTrainingConfiguration({ ...recipe, validation: { cases: 0 }, ...changes }, values.recipe)
}

/** Samples of a cube one thread prepares, all augmentations included: every one from a case of its own, and as reused. */
async function measurePreparation(edge: number): Promise<void> {
  const configuration = configure({})
  const size: [number, number, number] = [edge, edge, edge]
  for (const reuse of [1, configuration.pool.reuse]) {
    const grid = { ...configuration.grid, size }
    const one = { ...configuration, grid, pool: { size: 1, reuse } }
    const samples = prepareSamples(one, openCases(one, await surveyCases(one)))
    // The first case compiles the code.
    for (let index = 0; index < 6; index++) await samples.training(index)
    const [from, processor, count] = [performance.now(), process.cpuUsage(), 12]
    for (let index = 6; index < 6 + count; index++) await samples.training(index)
    const { user, system } = process.cpuUsage(processor)
    const [seconds, processorSeconds] = [(performance.now() - from) / 1e3, (user + system) / 1e6]
    console.log(
      `one thread, ${edge}³, ${reuse} samples a case: ${(count / seconds).toFixed(2)} samples/s, ` +
        `${(count / processorSeconds).toFixed(2)} in a second of processor time`
    )
    await samples.close()
  }
}

/** A real run in a folder of its own: how long the engine waits, while the pool is filled and after. */
async function measureFeeding(workers: number, steps: number): Promise<void> {
  const configuration = configure({ steps, workers, checkpointEvery: steps })
  const survey = await surveyCases(configuration)
  const cases = openCases(configuration, survey)
  const module = new URL('../src/train/cases/open-cases.ts', import.meta.url)
  const samples =
    workers === 0
      ? prepareSamples(configuration, cases)
      : prepareSamplesInWorkers(configuration, { module, data: survey, heldOutCount: 0 })
  const folder = await mkdtemp(join(tmpdir(), 'otomark-feeding-'))
  const records: StepRecord[] = []
  try {
    await train({
      configuration,
      samples,
      cases: { name: cases.name, fingerprint: fingerprintOf(survey) },
      runtime: nodeRuntime,
      folder,
      resume: false,
      onRecord: (record) => {
        if (record.kind === 'step') records.push(record)
      }
    })
  } finally {
    await samples.close()
    await rm(folder, { recursive: true })
  }
  const beginning = Math.ceil(configuration.pool.size / configuration.accumulation)
  report(`threads ${workers}, first ${beginning} steps`, records.slice(0, beginning), configuration)
  report(`threads ${workers}, after`, records.slice(beginning), configuration)
}

function report(name: string, records: readonly StepRecord[], { accumulation }: TrainingConfiguration): void {
  const seconds = total(records.map((record) => record.seconds))
  const waited = total(records.map((record) => record.seconds * record.idle))
  console.log(
    `${name}: ${(seconds / records.length).toFixed(3)} s a step, ` +
      `${((records.length * accumulation) / seconds).toFixed(2)} samples/s, engine idle ${((100 * waited) / seconds).toFixed(1)} %`
  )
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0)
}
