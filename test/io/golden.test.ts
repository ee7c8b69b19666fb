import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { createGeometry, type Geometry, sameGrid } from '../../src/core/geometry/geometry.ts'
import { readScan } from '../../src/node/read-scan.ts'
import { smallScan } from '../support/small-scan.ts'

const folder = new URL('../golden/io/', import.meta.url)
const expected: Record<string, Omit<Geometry, 'size'>> = JSON.parse(
  await readFile(new URL('expected.json', folder), 'utf8')
)

describe('files written by nibabel, SimpleITK and pynrrd', () => {
  test.each(Object.entries(expected))('%s has its grid to 1e-3 mm and every voxel', async (name, placement) => {
    const { scan } = await readScan(fileURLToPath(new URL(name, folder)))
    const grid = createGeometry({ size: [17, 18, 19], ...placement })
    expect(sameGrid(scan.geometry, grid, 1e-3)).toBe(true)
    const { data } = smallScan(grid)
    const halved = name === 'rescaled.nii.gz' // stored as whole numbers at slope 2
    expect([...scan.data]).toEqual([...data].map((value) => (halved ? 2 * Math.floor(value / 2) : value)))
  })
})
