/**
 * Accuracy of the whole way: generated scans, analysed with the default model, their measurements against the parametric
 * anatomy. `npx tsx studies/measurements/predicted.ts [CASES]` prints a row per quantity.
 */
import { analyze } from '../../src/analyze/analyze.ts'
import { closeModel, openModel } from '../../src/analyze/open-model.ts'
import { createShape } from '../../src/generate/anatomy/shape.ts'
import { generateCase } from '../../src/generate/case.ts'
import { caseOptions } from '../../src/generate/options.ts'
import { defaultModelFolder, readModelFolder } from '../../src/io/node/model-folder.ts'
import { measureEar } from '../../src/measure/measure-ear.ts'
import { nodeRuntime } from '../../src/runtime/node.ts'
import { trueCanal, trueCochlea, trueVolumes } from './truth.ts'

const seed = 42
const cases = Number(process.argv[2] ?? 10)
const model = await openModel(await readModelFolder(defaultModelFolder), nodeRuntime, {})
const errors = new Map<string, number[]>()
let [missed, spacing] = [0, '']
for (let index = 0; index < cases; index++) {
  const generated = generateCase(seed, index, caseOptions.parse({ withoutEar: 0, field: [26, 30] }))
  spacing += ` ${Math.max(...generated.scan.geometry.spacing).toFixed(2)}`
  const { ears } = await analyze(generated.scan, model)
  const ear = ears[0]
  if (ear === undefined) {
    missed++
    continue
  }
  const shape = createShape(generated.parameters.shape)
  const [, cochlea, vestibule, canals] = trueVolumes(shape) as [number, number, number, number]
  const size = trueCochlea(shape)
  const radius = (canal: number): number => trueCanal(shape, canal, [0, 0, 1]).radius
  const truth: Readonly<Record<string, number | undefined>> = {
    cochlea_volume: cochlea,
    vestibule_volume: vestibule,
    semicircular_canals_volume: canals,
    labyrinth_volume: cochlea + vestibule + canals,
    a_value: size.a,
    b_value: size.b,
    cochlear_height: size.height,
    basal_turn_length_traced: size.basalTurn,
    anterior_canal_radius: radius(0),
    posterior_canal_radius: radius(1),
    lateral_canal_radius: radius(2)
  }
  for (const { id, value } of measureEar(ear)) {
    const expected = truth[id]
    if (expected === undefined) continue
    errors.set(id, [...(errors.get(id) ?? []), value === null ? Number.NaN : value - expected])
  }
}
await closeModel(model)
process.stdout.write(`${cases} scans, ${missed} without a found ear; largest voxel edges, mm:${spacing}\n`)
process.stdout.write('| quantity | measured | mean absolute error | mean error | greatest |\n|---|---|---|---|---|\n')
for (const [id, all] of errors) {
  const known = all.filter(Number.isFinite)
  const mean = (values: readonly number[]): string =>
    (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(3)
  const absolute = known.map(Math.abs)
  process.stdout.write(
    `| ${id} | ${known.length} of ${all.length} | ${mean(absolute)} | ${mean(known)} | ${Math.max(...absolute).toFixed(3)} |\n`
  )
}
