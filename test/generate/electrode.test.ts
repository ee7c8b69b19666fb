import { describe, expect, it } from 'vitest'
import { applyAffine, indexFromWorld } from '../../src/core/geometry/geometry.ts'
import { createRandom } from '../../src/core/math/random.ts'
import { distance } from '../../src/core/math/vector.ts'
import { findArray } from '../../src/electrode/catalogue.ts'
import { createShape } from '../../src/generate/anatomy/create-shape.ts'
import { labyrinthDistance } from '../../src/generate/anatomy/distance.ts'
import { generateCase, sampleCase } from '../../src/generate/case.ts'
import { caseOptions } from '../../src/generate/sample/options.ts'
import { meanParameters } from '../../src/generate/sample/shape-parameters.ts'
import { sampleElectrode } from '../../src/generate/tissue/electrode.ts'

const shape = createShape(meanParameters)
const drawn = Array.from({ length: 120 }, (_, n) => sampleElectrode(createRandom(31, n), shape).electrode)

describe('a drawn array', () => {
  it('lies in the lumen, its contacts their spacing apart, the most apical first', () => {
    for (const { array, contacts, folded } of drawn) {
      const { spacing } = findArray(array)
      for (const [n, contact] of contacts.entries()) {
        if (contact.angle === null) continue
        // Near the round window it comes through the wall; at the wall a perturbed lumen may be a little narrower.
        if (contact.angle > 30) expect(labyrinthDistance(shape, contact.position, 2).whole).toBeLessThan(0.03)
        const next = contacts[n + 1]
        if (next === undefined || next.angle === null || folded > 0) continue
        expect(next.angle).toBeLessThan(contact.angle + 0.01)
        const chord = distance(contact.position, next.position) / spacing
        expect(chord).toBeLessThan(1.01)
        expect(chord).toBeGreaterThan(0.75)
      }
    }
  })

  it('is sometimes inserted in part, folded over or in the other scala, and its tip is then not the deepest', () => {
    expect(drawn.filter(({ contacts }) => contacts.some(({ angle }) => angle === null)).length).toBeGreaterThan(5)
    expect(drawn.filter(({ translocated }) => translocated !== null).length).toBeGreaterThan(5)
    const folded = drawn.filter((one) => one.folded > 3.5)
    expect(folded.length).toBeGreaterThan(2)
    for (const { contacts } of folded) {
      const deepest = Math.max(...contacts.map(({ angle }) => angle ?? 0))
      expect(contacts[0]?.angle).toBeLessThan(deepest)
    }
  })
})

describe('a case with an array', () => {
  const options = caseOptions.parse({
    electrodes: 1,
    electrodeArray: 'flex24',
    scanners: ['cone-beam'],
    finest: 0.3,
    field: [24, 26]
  })

  it('shows metal at each contact that the truth has in LPS, and says which array it is', () => {
    const { scan, ears, parameters } = generateCase(9, 1, options)
    const electrode = ears[0]?.electrode ?? expect.unreachable()
    expect(electrode.array).toBe('flex24')
    const { geometry, data } = scan
    for (const { position, angle } of electrode.contacts) {
      if (angle === null) continue
      const [i, j, k] = applyAffine(indexFromWorld(geometry), position).map(Math.round) as [number, number, number]
      expect(data[i + geometry.size[0] * (j + geometry.size[1] * k)]).toBeGreaterThan(2500)
    }
    const most = data.reduce((sum, value) => Math.max(sum, value), 0)
    expect(most).toBeGreaterThan(parameters.protocol.metal?.isExtended ? 3071 : 3070)
  })

  it('is no case by default, nor of a malformed ear', () => {
    expect(sampleCase(9, 1, caseOptions.parse({})).bones[0]).not.toHaveProperty('electrode')
    const malformed = { ...options, malformation: 'short_cochlea' as const }
    expect(sampleCase(9, 1, malformed).bones[0]).not.toHaveProperty('electrode')
  })
})
