import { decode } from 'fast-png'
import { describe, expect, test } from 'vitest'
import { landmarkKinds, parts } from '../../../src/core/anatomy.ts'
import { geometryAround, voxelCount } from '../../../src/core/geometry/geometry.ts'
import type { Landmark } from '../../../src/core/landmark.ts'
import { identity3, type Vector3 } from '../../../src/core/math/vector.ts'
import { labelledSlices, type PartStyle } from '../../../src/report/picture/labelled-slices.ts'

/** Solid bone with a cube of label 1, 4 mm wide, whose middle lies 5 mm to the left, 2 mm behind and 1 mm above 0. */
const geometry = geometryAround([0, 0, 0], [40, 40, 40], [0.5, 0.5, 0.5], identity3)
const cube: Vector3 = [5, 2, 1]
const scan = { geometry, data: new Int16Array(voxelCount(geometry)).fill(3000) }
const labels = {
  geometry,
  data: Uint8Array.from({ length: voxelCount(geometry) }, (_, at) => {
    const place = [at % 40, Math.floor(at / 40) % 40, Math.floor(at / 1600)].map((n) => (n - 19.5) / 2)
    return place.every((mm, axis) => Math.abs(mm - (cube[axis] as number)) < 2) ? 1 : 0
  })
}
const pixels = 240
const perMillimetre = pixels / 20
const center: Vector3 = [0, 0, 1]

function slicesOf(landmarks: readonly Landmark[], style: PartStyle) {
  const places = [{ center, edge: 20, landmarks }]
  const picture = decode(labelledSlices([{ scan, labels, places }], pixels, style))
  /** Colour in slice `n` at mm from its middle, to the right and down. */
  const at = (n: number, right: number, down: number): number[] => {
    const pixel =
      Math.floor((right + 10) * perMillimetre) + n * pixels + picture.width * Math.floor((down + 10) * perMillimetre)
    return [...picture.data.subarray(3 * pixel, 3 * pixel + 3)]
  }
  return { picture, at }
}

describe('a picture of slices with labels and landmarks', () => {
  const cochlea = parts[0]?.color as readonly number[]
  const white = [255, 255, 255]

  test('shows axial, coronal and sagittal slices beside each other, the left of the patient on the right', () => {
    const { picture, at } = slicesOf([], 'filled')
    expect([picture.width, picture.height, picture.channels]).toEqual([3 * pixels, pixels, 3])
    // The axial slice holds the cube to the right and below, the coronal one misses its middle by 2 mm.
    expect(at(0, 5, 2)).not.toEqual(white)
    expect(at(0, -5, 2)).toEqual(white)
    expect(at(0, 5, -2)).toEqual(white)
    // The sagittal slice lies 5 mm beside it.
    expect(at(2, 2, 0)).toEqual(white)
  })

  test('draws the border of a part as a line, or the part filled and half transparent', () => {
    const outlined = slicesOf([], 'outlined')
    const border = Array.from({ length: 12 }, (_, n) => outlined.at(0, 2.5 + (n + 0.5) / perMillimetre, 2))
    expect(border).toContainEqual([...cochlea])
    expect(outlined.at(0, 5, 2)).toEqual(white)
    const [red = 0, green = 0] = slicesOf([], 'filled').at(0, 5, 2)
    expect([red, green]).toEqual([Math.round(255 - 0.6 * (255 - 224)), Math.round(255 - 0.6 * (255 - 72))])
  })

  test('marks a landmark on its slice by a dot, elsewhere by a ring, and leaves out one that is not there', () => {
    const landmarks: Landmark[] = [
      { id: 'helicotrema', status: 'defined', confidence: 1, position: [-6, 0, 1] },
      { id: 'oval_window', status: 'undefined', confidence: 1 }
    ]
    const color = [...(landmarkKinds[0]?.color ?? [])]
    const { picture, at } = slicesOf(landmarks, 'outlined')
    expect(at(0, -6, 0)).toEqual(color)
    expect(at(1, -6, 0)).toEqual(color)
    // The sagittal slice lies 6 mm away: a ring, white inside.
    expect(at(2, 0, 0)).toEqual(white)
    const sagittal = [-0.3, 0.3].flatMap((mm) => [at(2, mm, 0), at(2, 0, mm)])
    expect(sagittal).toContainEqual(color)
    const oval = [...(landmarkKinds[1]?.color ?? [])].join()
    const drawn = Array.from({ length: picture.width * picture.height }, (_, n) =>
      picture.data.subarray(3 * n, 3 * n + 3).join()
    )
    expect(drawn).not.toContain(oval)
  })

  test('has a row for each place', () => {
    const place = { center, edge: 20, landmarks: [] }
    const png = decode(labelledSlices([{ scan, labels: null, places: [place, place] }], pixels, 'outlined'))
    expect([png.width, png.height]).toEqual([3 * pixels, 2 * pixels])
  })
})
