/**
 * How far generated landmark triples are from 70 real ones: `npx tsx studies/population/energy.ts FOLDER [COUNT]`.
 * FOLDER holds landmarks/landmarks-70.json. Energy distance (Székely & Rizzo 2013; unbiased, so 0 on average between
 * samples of one population) of the three distances, each in SD of the real ears, and Kolmogorov–Smirnov distances of each
 * distance and angle; beside them those between two random halves of the real ears, which is what chance gives, and those
 * of each dataset of real ears, clicked by other people, to the others.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { quantile } from '../../src/core/math/quantile.ts'
import { createRandom } from '../../src/core/math/random.ts'
import { distance, type Vector3 } from '../../src/core/math/vector.ts'
import { type LandmarkTriple, triangleOf } from '../../src/generate/comparison/landmark-triangle.ts'
import { generatedShapes } from '../../src/generate/comparison/population.ts'
import { type QuantityId, reference } from '../../src/generate/comparison/reference.ts'

interface RealTriple {
  readonly dataset: string
  readonly helicotrema: Vector3
  readonly oval_window: Vector3
  readonly round_window: Vector3
}

type Triangle = ReturnType<typeof triangleOf>

const splits = 200
const [folder, count = '200'] = process.argv.slice(2)
if (folder === undefined) throw new Error('give the folder that holds landmarks/landmarks-70.json')
const { cases } = JSON.parse(readFileSync(join(folder, 'landmarks', 'landmarks-70.json'), 'utf8')) as {
  cases: RealTriple[]
}
const real = cases.map((each) => ({ dataset: each.dataset, triangle: triangleOf(tripleOf(each)) }))
const generated = [...generatedShapes(1, Number(count))].map(triangleOf)
const all = real.map(({ triangle }) => triangle)

report(`${count} generated to 70 real`, generated, all)
const random = createRandom(1)
const halves = Array.from({ length: splits }, () => {
  const shuffled = all.map((each) => ({ each, at: random.uniform() })).sort((a, b) => a.at - b.at)
  return [shuffled.slice(0, 35).map(({ each }) => each), shuffled.slice(35).map(({ each }) => each)] as const
})
const chance = halves.map(([a, b]) => energyDistance(a, b))
const [middle, high] = [0.5, 0.95].map((share) => quantile(chance, share).toFixed(3))
console.log(`half of the real to the other half: energy distance ${middle} (median), ${high} (95 %)`)
for (const name of new Set(real.map(({ dataset }) => dataset))) {
  const [own, others] = [true, false].map((same) =>
    real.filter(({ dataset }) => (dataset === name) === same).map(({ triangle }) => triangle)
  ) as [Triangle[], Triangle[]]
  report(`real dataset ${name} (${own.length}) to the other real`, own, others)
}

function report(title: string, a: readonly Triangle[], b: readonly Triangle[]): void {
  const ids = Object.keys(a[0] as Triangle) as (keyof Triangle)[]
  const steps = ids.map(
    (id) =>
      `${id} ${kolmogorovSmirnov(
        a.map((each) => each[id]),
        b.map((each) => each[id])
      ).toFixed(2)}`
  )
  console.log(`${title}: energy distance ${energyDistance(a, b).toFixed(3)}; KS ${steps.join(', ')}`)
}

function tripleOf({ helicotrema, oval_window, round_window }: RealTriple): LandmarkTriple {
  return { helicotrema, ovalWindow: oval_window, roundWindow: round_window }
}

/** 2 E|X − Y| − E|X − X′| − E|Y − Y′| of the three distances in SD. */
function energyDistance(a: readonly Triangle[], b: readonly Triangle[]): number {
  const [x, y] = [a.map(inSd), b.map(inSd)]
  return (2 * totalDistance(x, y)) / (x.length * y.length) - meanWithin(x) - meanWithin(y)
}

function inSd(triangle: Triangle): Vector3 {
  const of = (id: QuantityId & keyof Triangle): number => triangle[id] / reference[id].sd
  return [of('helicotrema_oval'), of('helicotrema_round'), of('oval_round')]
}

/** Between two different members of a sample. */
function meanWithin(sample: readonly Vector3[]): number {
  return totalDistance(sample, sample) / (sample.length * (sample.length - 1))
}

function totalDistance(a: readonly Vector3[], b: readonly Vector3[]): number {
  return a.reduce((total, p) => total + b.reduce((part, q) => part + distance(p, q), 0), 0)
}

/** Of two samples. */
function kolmogorovSmirnov(a: readonly number[], b: readonly number[]): number {
  const share = (values: readonly number[], at: number): number =>
    values.filter((value) => value <= at).length / values.length
  return [...a, ...b].reduce((most, at) => Math.max(most, Math.abs(share(a, at) - share(b, at))), 0)
}
