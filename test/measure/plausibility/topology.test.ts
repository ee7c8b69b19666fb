import { describe, expect, it } from 'vitest'
import { cropGeometry, geometryAround } from '../../../src/core/geometry/geometry.ts'
import { identity3 } from '../../../src/core/math/vector.ts'
import { meshTopology } from '../../../src/core/mesh/mesh-topology.ts'
import type { Flag, JudgedEar } from '../../../src/measure/plausibility/flag.ts'
import { judgeTopology } from '../../../src/measure/plausibility/topology.ts'
import { knownEar } from '../../report/known-findings.ts'
import { plateMesh } from '../../support/plate-mesh.ts'

/** An ear whose surface has so many handles, in so many pieces, in a scan of such voxels. */
function earWith(handles: number, pieces = 1, edge = 0.3): JudgedEar {
  const ear = knownEar('left')
  const grid = geometryAround([0, 0, 0], [4, 4, 4], [edge, edge, edge], identity3)
  const labels = { geometry: cropGeometry(grid, [1, 1, 1], [2, 2, 2]), data: ear.labels.data }
  return { ...ear, labels, surfaces: { ...ear.surfaces, labyrinth: plateMesh(handles, pieces) } }
}

const gap: Flag = { id: 'interrupted_canal', severity: 'warning', side: 'left', text: 'a gap', evidence: {} }

describe('the topology of the surface', () => {
  it('is that of an ear with three handles in one piece', () => {
    expect(meshTopology(plateMesh(3))).toMatchObject({ closed: true, shells: 1, genus: 3 })
    expect(judgeTopology(earWith(3), [])).toEqual([])
  })

  it('is doubted with a handle too few, unless a canal that is interrupted is known already', () => {
    const [flag] = judgeTopology(earWith(2), [])
    expect(flag).toMatchObject({ id: 'unusual_topology', severity: 'warning', evidence: { shells: 1, genus: 2 } })
    expect(flag?.text).toMatch(/left ear has 2 handles where an ear has 3/)
    expect(judgeTopology(earWith(2), [gap])).toEqual([])
  })

  it('is doubted when the ear is in two pieces', () => {
    expect(judgeTopology(earWith(3, 2), [])[0]?.text).toMatch(/in 2 pieces/)
  })

  it('is noted with two handles too many, and not with one, a hole of a voxel', () => {
    expect(judgeTopology(earWith(4), [])).toEqual([])
    expect(judgeTopology(earWith(5), [gap])[0]).toMatchObject({ severity: 'note', evidence: { genus: 5 } })
  })

  it('says nothing in voxels wider than the walls between turns', () => {
    expect(judgeTopology(earWith(2, 1, 0.6), [])).toEqual([])
  })
})
