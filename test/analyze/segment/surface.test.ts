import { expect, test } from 'vitest'
import { earGrid, imageOn } from '../../../src/analyze/predict/network-input.ts'
import { earSurfaces } from '../../../src/analyze/segment/surface.ts'
import { parts } from '../../../src/core/anatomy.ts'
import { geometryAround, voxelCount } from '../../../src/core/geometry/geometry.ts'
import { refine } from '../../../src/core/image/refine.ts'
import { type Mesh, meshVolume } from '../../../src/core/mesh/mesh.ts'
import { meshTopology, splitNonManifoldVertices } from '../../../src/core/mesh/mesh-topology.ts'
import { withoutSpecks } from '../../../src/core/mesh/shells.ts'
import { surfaceNets } from '../../../src/core/mesh/surface-nets.ts'
import { greatestDistance } from '../../support/mesh-distance.ts'
import { boneScan, knowingNetwork, meanShape, segmenterMetadata, uprightFrame } from '../analytic-network.ts'

const ear = { frame: uprightFrame('left', [30, 5, -10]), shape: meanShape }
const network = knowingNetwork(segmenterMetadata, [ear])
const scan = boneScan([30, 5, -10], [60, 60, 60], [0.5, 0.5, 0.5])
const prediction = await network.predict(imageOn(scan, earGrid(network, ear.frame)))
const everywhere = new Uint8Array(voxelCount(prediction.geometry)).fill(1)
const surfaces = await earSurfaces(prediction, everywhere, scan.geometry)
const all = [surfaces.labyrinth, ...parts.map(({ id }) => surfaces.parts[id])]

test('every surface of an ear is closed and faces outward', () => {
  for (const mesh of all) {
    expect(meshTopology(mesh)).toMatchObject({ closed: true })
    expect(meshVolume(mesh)).toBeGreaterThan(10)
  }
})

test('vestibule and canals together have the three canals as handles', async () => {
  const logits = prediction.logits.map((part, n) => (n === 0 ? part.map(() => -10) : part))
  const { labyrinth } = await earSurfaces({ ...prediction, logits }, everywhere, scan.geometry)
  expect(meshTopology(labyrinth)).toEqual({ closed: true, shells: 1, genus: 3 })
})

test('the parts fill the labyrinth', () => {
  const volume = parts.reduce((sum, { id }) => sum + meshVolume(surfaces.parts[id]), 0)
  expect(Math.abs(volume / meshVolume(surfaces.labyrinth) - 1)).toBeLessThan(0.02)
})

test('no point of the labyrinth lies more than 0.05 mm from the boundary it was drawn from, and none of that from it', () => {
  const boundary = undecimated()
  expect(surfaces.labyrinth.triangles.length).toBeLessThan(0.6 * boundary.triangles.length)
  expect(greatestDistance(surfaces.labyrinth, boundary, 0.2)).toBeLessThan(0.05)
  expect(greatestDistance(boundary, surfaces.labyrinth, 0.2)).toBeLessThan(0.05)
})

/** Where labyrinth and background are equally probable, before smoothing and decimation, without specks. */
function undecimated(): Mesh {
  const data = Float32Array.from(everywhere, (_, at) => {
    const odds = prediction.logits.reduce((sum, part) => sum + Math.exp(part[at] as number), 0)
    return Math.max(-8, Math.min(8, Math.log(odds)))
  })
  return withoutSpecks(splitNonManifoldVertices(surfaceNets(refine({ geometry: prediction.geometry, data }), 0)), 0.1)
}

test('what lies outside the scan or outside the mask is left out', async () => {
  const corner = geometryAround([30, 5, -10], [30, 60, 60], [0.5, 0.5, 0.5], scan.geometry.direction)
  const cut = await earSurfaces(prediction, everywhere, corner)
  const reach = Math.max(...cut.labyrinth.vertices.filter((_, at) => at % 3 === 0))
  expect(reach).toBeLessThan(30 + 7.5 + 0.3)
  const nothing = await earSurfaces(
    prediction,
    everywhere.map(() => 0),
    scan.geometry
  )
  expect(nothing.labyrinth.triangles).toHaveLength(0)
})
