import { describe, expect, test } from 'vitest'
import { readLabels } from '../../src/cases/read-labels.ts'
import { InputError } from '../../src/core/errors.ts'
import { createGeometry, voxelCount } from '../../src/core/geometry/geometry.ts'
import { identity3 } from '../../src/core/math/vector.ts'
import { encodeNifti } from '../../src/io/nifti/encode.ts'
import { readReferenceLabels } from '../../web/worker/reference-labels.ts'

const grid = createGeometry({ size: [16, 16, 16], spacing: [0.5, 0.5, 0.5], origin: [0, 0, 0], direction: identity3 })
const view = { box: grid, grid }

/** What the page, and what the command line, say of a map with these labels. */
async function readings(...labels: readonly number[]) {
  const data = new Uint8Array(voxelCount(grid))
  data.set(labels, 100)
  const bytes = encodeNifti({ geometry: grid, data })
  const said = (error: unknown) => (error instanceof InputError ? error.message : error)
  const file = { path: 'labels.nii', file: new File([Uint8Array.from(bytes)], 'labels.nii') }
  const files = { list: async () => [], read: async () => bytes, readStart: async () => bytes }
  return {
    page: await readReferenceLabels([file], grid, [view]).then(({ outlined }) => outlined, said),
    cases: await readLabels(files, 'labels.nii', null).then(({ outlined }) => outlined, said)
  }
}

describe('reference labels are read on the page as labels of cases are', () => {
  test.each<[string, readonly number[], unknown]>([
    ['parts', [1, 2, 3], 'parts'],
    ['one part that is not the first', [2, 2], 'parts'],
    ['nothing but 1', [1, 1], 'labyrinth'],
    ['a foreign number', [1, 7], expect.stringMatching(/^labels\.nii: holds the label 7; labels are 1 cochlea/)]
  ])('%s', async (_, labels, told) => {
    expect(await readings(...labels)).toEqual({ page: told, cases: told })
  })

  test('but a map without any label is none of this scan', async () => {
    expect(await readings()).toMatchObject({ page: 'labels.nii: holds no label; choose a label map' })
  })
})
