import { createShape } from '../anatomy/create-shape.ts'
import { drawCase } from '../case.ts'
import { caseOptions } from '../options.ts'
import type { Sample } from './compare.ts'
import { quantitiesOf } from './quantities.ts'
import { type QuantityId, reference } from './reference.ts'

/** Measures the labyrinths of the first cases of a seed, ordinary ears. @param onEar is told how many are measured */
export function measurePopulation(seed: number, count: number, onEar: (done: number) => void): Sample {
  const options = caseOptions.parse({})
  const ears = Array.from({ length: count }, (_, index) => {
    onEar(index)
    const [bone] = drawCase(seed, index, options).bones
    if (bone === undefined) throw new Error(`case ${index} of seed ${seed} has no temporal bone`)
    return quantitiesOf(createShape(bone.shape))
  })
  const ids = Object.keys(reference) as QuantityId[]
  return Object.fromEntries(ids.map((id) => [id, ears.map((ear) => ear[id])])) as Record<QuantityId, number[]>
}
