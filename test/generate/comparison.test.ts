import { mkdtemp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writePopulationReport } from '../../src/cli/generate-report.ts'
import { quantile } from '../../src/core/math/quantile.ts'
import { createRandom } from '../../src/core/math/random.ts'
import { rotationAbout, transform, type Vector3 } from '../../src/core/math/vector.ts'
import { measureCanalWall } from '../../src/generate/comparison/canal-wall.ts'
import { comparePopulations, distanceToQuantiles, type Sample } from '../../src/generate/comparison/compare.ts'
import { extentsOf } from '../../src/generate/comparison/extents.ts'
import { triangleOf } from '../../src/generate/comparison/landmark-triangle.ts'
import { comparisonMarkdown } from '../../src/generate/comparison/markdown.ts'
import { comparisonPlot } from '../../src/generate/comparison/plot.ts'
import { type QuantityId, reference } from '../../src/generate/comparison/reference.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const scratch = scratchFolder()

/** Values with exactly the real mean and SD, or off by some SD and a factor. */
function sampleOf(off = 0, factor = 1): Sample {
  const random = createRandom(2)
  const drawn = Array.from({ length: 400 }, () => random.normal())
  const mean = drawn.reduce((a, b) => a + b) / drawn.length
  const sd = Math.sqrt(drawn.reduce((sum, z) => sum + (z - mean) ** 2, 0) / (drawn.length - 1))
  const of = (id: QuantityId): number[] =>
    drawn.map((z) => reference[id].mean + reference[id].sd * (off + (factor * (z - mean)) / sd))
  return Object.fromEntries(Object.keys(reference).map((id) => [id, of(id as QuantityId)])) as unknown as Sample
}

describe('the comparison with real ears', () => {
  it('finds a population that is as real ears are, and says which quantities are not', () => {
    const verdicts = (sample: Sample): Set<string> =>
      new Set(comparePopulations(sample).quantities.map(({ verdict }) => verdict))
    expect(verdicts(sampleOf())).toEqual(new Set(['as in real ears']))
    expect(verdicts(sampleOf(0.6))).toEqual(new Set(['mean too high']))
    expect(verdicts(sampleOf(-0.6))).toEqual(new Set(['mean too low']))
    expect(verdicts(sampleOf(0, 0.6))).toEqual(new Set(['varies too little']))
    expect(verdicts(sampleOf(0, 1.6))).toEqual(new Set(['varies too much']))
  })

  it('computes a Kolmogorov–Smirnov distance that is below a tenth to its own deciles and 1 to others', () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0.1, max: 5, noNaN: true }), (seed, sd) => {
        const random = createRandom(seed)
        const values = Array.from({ length: 300 }, () => random.normal(7, sd))
        const deciles = Array.from({ length: 11 }, (_, n) => quantile(values, n / 10))
        // Between two deciles lies a tenth of the values: the two can differ by no more than that and one value.
        expect(distanceToQuantiles(values, deciles)).toBeLessThan(0.1 + 1 / values.length)
        expect(
          distanceToQuantiles(
            values,
            deciles.map((value) => value + 20 * sd)
          )
        ).toBe(1)
      }),
      { numRuns: 20 }
    )
  })

  it('names every quantity on its page and in its plot', () => {
    const sample = sampleOf(0.6)
    const comparison = comparePopulations(sample)
    const [page, plot] = [comparisonMarkdown(comparison, '400 ears'), comparisonPlot(comparison, sample)]
    for (const { name } of Object.values(reference)) {
      expect(page).toContain(name)
      expect(plot).toContain(name)
    }
    expect(page).toContain(`0 of ${Object.keys(reference).length} are`)
    expect(plot).not.toContain('NaN')
  })

  it('is written for the ears of a seed, the same again for the same', async () => {
    const write = async (): Promise<string[]> => {
      const folder = await mkdtemp(join(scratch, 'population-'))
      await writePopulationReport(3, 3, folder)
      return Promise.all(['md', 'json', 'svg'].map((kind) => readFile(join(folder, `population.${kind}`), 'utf8')))
    }
    const [page, record, plot] = await write()
    expect(page).toContain('3 generated ears without a malformation, seed 3')
    expect(JSON.parse(record as string).quantities).toHaveLength(Object.keys(reference).length)
    expect(await write()).toEqual([page, record, plot])
  })
})

describe('what is compared', () => {
  it('measures the circle and the tube of a ring, however it lies', () => {
    fc.assert(
      fc.property(fc.double({ min: -3, max: 3, noNaN: true }), (turn) => {
        const rotation = rotationAbout([0.6, 0.8, 0], turn)
        const ring = Array.from({ length: 90 }, (_, n) => (n * Math.PI) / 60).flatMap((along) =>
          Array.from({ length: 24 }, (_, n): Vector3 => {
            const around = (n * Math.PI) / 12
            const radius = 3 + 0.6 * Math.cos(around)
            const place: Vector3 = [radius * Math.cos(along), radius * Math.sin(along), 0.4 * Math.sin(around)]
            return transform(rotation, place)
          })
        )
        const { circle, tubeInPlane, tubeAcross, outOfPlane } = measureCanalWall(ring, transform(rotation, [0, 0, 1]))
        expect(circle.radius).toBeCloseTo(3, 1)
        expect(tubeInPlane).toBeCloseTo(0.6, 1)
        expect(tubeAcross).toBeCloseTo(0.4, 1)
        expect(outOfPlane).toBeLessThan(0.02)
      }),
      { numRuns: 10 }
    )
  })

  it('measures extents along principal axes and the triangle of the landmarks', () => {
    const rotation = rotationAbout([0, 0.6, 0.8], 1)
    const box = [-1, 1].flatMap((x) => [-1, 1].flatMap((y) => [-1, 1].map((z): Vector3 => [4 * x, 2 * y, z])))
    const extents = extentsOf(box.map((place) => transform(rotation, place)))
    for (const [n, mm] of [8, 4, 2].entries()) expect(extents[n]).toBeCloseTo(mm, 6)
    const triangle = triangleOf({ helicotrema: [3, 0, 0], ovalWindow: [0, 0, 0], roundWindow: [0, 4, 0] })
    expect(triangle.helicotrema_round).toBeCloseTo(5, 9)
    expect(triangle.angle_at_oval).toBeCloseTo(90, 9)
  })
})
