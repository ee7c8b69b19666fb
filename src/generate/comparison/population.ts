import { createShape } from '../anatomy/create-shape.ts'
import type { LabyrinthShape } from '../anatomy/shape.ts'
import { sampleCase } from '../case.ts'
import { caseOptions } from '../sample/options.ts'
import type { Sample } from './compare.ts'
import { quantitiesOf } from './quantities.ts'
import { type QuantityId, reference } from './reference.ts'

/** The labyrinths of the first cases of a seed: ordinary ears, none malformed. */
export function* generatedShapes(seed: number, count: number): Generator<LabyrinthShape> {
  const options = caseOptions.parse({})
  for (let index = 0; index < count; index++) {
    for (const { shape } of sampleCase(seed, index, options).bones) yield createShape(shape)
  }
}

/** Measures these labyrinths. @param onEar gets how many are measured */
export function measurePopulation(seed: number, count: number, onEar: (done: number) => void): Sample {
  const ears: Record<QuantityId, number>[] = []
  for (const shape of generatedShapes(seed, count)) {
    onEar(ears.length)
    ears.push(quantitiesOf(shape))
  }
  const ids = Object.keys(reference) as QuantityId[]
  return Object.fromEntries(ids.map((id) => [id, ears.map((ear) => ear[id])])) as Record<QuantityId, number[]>
}
