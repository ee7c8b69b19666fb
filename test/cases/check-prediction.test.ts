import { expect, test } from 'vitest'
import { checkPrediction } from '../../src/cases/check-prediction.ts'
import { createGeometry, type Geometry } from '../../src/core/geometry/geometry.ts'
import { type Block, blocks, grid, markedEar, seen } from '../evaluate/known-ears.ts'

const known = { file: 'ct.nii', geometry: grid }
const ear: Block = { label: 3, start: [4, 4, 3], edge: [4, 4, 4] }
const on = (change: Partial<Parameters<typeof createGeometry>[0]>): Geometry => createGeometry({ ...grid, ...change })

function check(geometry: Geometry, { scan = true, block = ear } = {}): void {
  const files = { labels: 'p.nii', markups: null }
  const truth = { file: 'labels.nii', geometry: grid }
  checkPrediction(files, seen(blocks([block], geometry), []), scan ? known : undefined, truth)
}

test.each<[string, Partial<Parameters<typeof createGeometry>[0]>]>([
  ['identity', { spacing: [1, 1, 1], origin: [0, 0, 0], direction: [-1, 0, 0, 0, -1, 0, 0, 0, 1] }],
  ['RAS for LPS', { origin: [-10, 20, 30], direction: [-1, 0, 0, 0, -1, 0, 0, 0, 1] }],
  ['the axes in the other order', { size: [16, 16, 20], spacing: [1, 1, 1], origin: [0, 0, 0] }],
  ['no spacing', { spacing: [1, 1, 1] }],
  ['no origin', { origin: [0, 0, 0] }]
])('a prediction of the scan’s voxels on another grid is refused: %s', (_, change) => {
  expect(() => check(on(change))).toThrow(/p\.nii: has as many voxels as ct\.nii and lies up to .* mm beside it; .*RAS/)
  expect(() => check(on(change), { scan: false })).toThrow(/has as many voxels as labels\.nii/)
})

test('the same voxels in another order, a cut-out and other voxel sizes that overlap the scan are read', () => {
  check(grid)
  check(on({ origin: [29, -20, 30], direction: [-1, 0, 0, 0, 1, 0, 0, 0, 1] }))
  check(on({ size: [10, 10, 10], origin: [14, -16, 34] }))
  check(on({ size: [40, 32, 32], spacing: [0.5, 0.5, 1], origin: [9.75, -20.25, 29.5] }))
  check(on({ size: [60, 56, 56], origin: [0, -40, 10] }), { block: { ...ear, start: [14, 24, 13] } })
})

test('a prediction of which most lies outside the scan is refused, labels and landmarks', () => {
  expect(() => check(on({ size: [21, 16, 16], origin: [60, 0, 0] }))).toThrow(
    /p\.nii: outlines what lies .* outside ct/
  )
  const marked = (x: number): void =>
    checkPrediction({ labels: null, markups: 'p.json' }, seen(null, [markedEar(null, [x, -14, 39])]), known, undefined)
  marked(15)
  expect(() => marked(-15)).toThrow(/p\.json: puts all landmarks .* or more outside ct\.nii; .*RAS for LPS/)
})

test('a prediction on the truth’s own grid is read, whatever the scan’s', () => {
  const scan = { file: 'ct.nii', geometry: on({ spacing: [1.5, 1.5, 2] }) }
  const labels = seen(blocks([ear]), [])
  checkPrediction({ labels: 'p.nii', markups: null }, labels, scan, { file: 'labels.nii', geometry: grid })
})
