/**
 * How well the labyrinth is outlined in spite of an array: `npx tsx studies/electrode/outline.ts KIND COUNT` prints the Dice of each of
 * COUNT generated ears with an array (`cone-beam`: voxels to 0.3 mm, `multi-slice`: 0.4 to 0.6 mm), and their mean, median and minimum.
 */
import { mean } from '../../src/core/math/mean.ts'
import { median } from '../../src/core/math/quantile.ts'
import { dice } from '../../src/core/metrics/dice.ts'
import { countOverlap } from '../../src/core/metrics/overlap.ts'
import { rasteriseCase, sampleCase } from '../../src/generate/case.ts'
import { analyze, closeModel, openModel } from '../../src/index.ts'
import { defaultModelFolder, nodeRuntime, readModelFolder } from '../../src/node.ts'
import { optionsOf, seed } from './cases.ts'

const [kind = 'cone-beam', count = '20'] = process.argv.slice(2)
const model = await openModel(await readModelFolder(defaultModelFolder), nodeRuntime)
const values: number[] = []
for (let index = 0; values.length < Number(count); index++) {
  const parameters = sampleCase(seed, index, optionsOf(kind))
  if (Math.max(...parameters.geometry.spacing) > 0.6) continue
  const { scan, labels } = rasteriseCase(parameters)
  const found = (await analyze(scan, model)).labels.data
  const value = dice(countOverlap(found, labels(scan.geometry)))
  values.push(value)
  const array = parameters.bones[0]?.electrode?.array ?? 'no array'
  process.stdout.write(`${index} ${array} ${value.toFixed(3)}\n`)
}
await closeModel(model)
const figures = [mean(values), median(values), Math.min(...values)].map((value) => value.toFixed(3))
process.stdout.write(`${values.length} ${kind} ears: mean ${figures[0]}, median ${figures[1]}, least ${figures[2]}\n`)
