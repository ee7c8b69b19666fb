import { describe, expect, it } from 'vitest'
import { type LabelledEar, labelledValues } from '../../src/calibrate/labelled-ear.ts'
import { errorsAgainst } from '../../src/calibrate/observe.ts'
import { withPartsOf } from '../../src/calibrate/parts-of-label.ts'
import { cropGeometry, voxelCount } from '../../src/core/geometry/geometry.ts'
import { add } from '../../src/core/math/vector.ts'
import { geometry, knownEar } from '../report/known-findings.ts'

const at = (i: number, j: number, k: number): number => i + geometry.size[0] * (j + geometry.size[1] * k)

describe('a label of the whole labyrinth', () => {
  it('is divided into the parts that were found, each voxel by the nearest of them that it hangs together with', () => {
    const found = { geometry: cropGeometry(geometry, [2, 2, 2], [2, 1, 1]), data: Uint8Array.of(1, 3) }
    const whole = { geometry, data: new Uint8Array(voxelCount(geometry)) }
    for (const i of [0, 1, 2, 3, 4, 5, 9]) whole.data[at(i, 2, 2)] = 1
    const { data } = withPartsOf(found, whole)
    expect([0, 1, 2, 3, 4, 5, 9].map((i) => data[at(i, 2, 2)])).toEqual([1, 1, 1, 3, 3, 3, 0])
    expect(data.reduce((sum, label) => sum + Number(label !== 0), 0)).toBe(6)
  })
})

type Labelled = Pick<LabelledEar, 'labels' | 'outlined' | 'landmarks'>

describe('errors on a labelled ear', () => {
  const labelledErrors = (ear: typeof found, labelled: Labelled) => errorsAgainst(labelledValues(ear, labelled), ear)
  const found = { ...knownEar('left'), repeats: [knownEar('left'), knownEar('left')] }
  const moved = found.landmarks.map((one) =>
    one.id === 'helicotrema' && one.status === 'defined' ? { ...one, position: add(one.position, [0, 0, 1]) } : one
  )
  const errorOf = (errors: ReturnType<typeof labelledErrors>, id: string) => errors.find((one) => one.id === id)?.error

  it('are those of distances alone where only landmarks are known', () => {
    const errors = labelledErrors(found, { labels: null, outlined: 'parts', landmarks: moved })
    expect(errors.map(({ id }) => id)).toEqual(['helicotrema_oval_window_distance'])
    const [before, after] = [Math.hypot(0.875, 1, 0.5), Math.hypot(0.875, 1, 1.5)]
    expect(errorOf(errors, 'helicotrema_oval_window_distance')).toBeCloseTo(before - after, 9)
  })

  it('are those of volumes, too, where the labyrinth is labelled', () => {
    const labels = { geometry, data: new Uint8Array(voxelCount(geometry)) }
    for (const k of [2, 3]) for (const j of [2, 3]) labels.data[at(2, j, k)] = 1
    const errors = labelledErrors(found, { labels, outlined: 'labyrinth', landmarks: [] })
    // Seven voxels of 0.25 mm³ are found, four of them in the label.
    expect(errorOf(errors, 'labyrinth_volume')).toBeCloseTo(0.75, 6)
    expect(errorOf(errors, 'helicotrema_oval_window_distance')).toBeUndefined()
  })

  it('are those from the labelled parts, of this ear alone, where parts are labelled', () => {
    const labels = { geometry, data: new Uint8Array(voxelCount(geometry)) }
    labels.data[at(2, 2, 2)] = 1
    labels.data[at(2, 3, 2)] = 2
    labels.data[at(2, 2, 3)] = 2
    labels.data[at(2, 3, 3)] = 3
    labels.data[at(9, 2, 2)] = 1
    const errors = labelledErrors(found, { labels, outlined: 'parts', landmarks: [] })
    // Four voxels of cochlea, two of vestibule and one of canals are found.
    const volumes = ['cochlea_volume', 'vestibule_volume', 'semicircular_canals_volume']
    expect(volumes.map((id) => errorOf(errors, id))).toEqual([0.75, 0, 0].map((error) => expect.closeTo(error, 6)))
  })
})
