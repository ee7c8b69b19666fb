import { expect, test } from 'vitest'
import type { Landmark } from '../../src/core/landmark.ts'
import { encodeMarkups } from '../../src/io/markups.ts'

const landmarks: readonly Landmark[] = [
  { id: 'helicotrema', status: 'defined', position: [-31.5, 12.25, 4], confidence: 0.91 },
  { id: 'oval_window', status: 'defined', position: [-33, 14, 6.5], confidence: 0.875 },
  { id: 'round_window', status: 'undefined', confidence: 0.02 }
]
const parse = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes))

test('landmarks become one 3D Slicer point list in LPS mm', () => {
  const file = parse(encodeMarkups([{ landmarks }]))
  expect(file['@schema']).toMatch(/markups-schema-v1\.0\.3\.json#$/)
  expect(file.markups).toHaveLength(1)
  expect(file.markups[0]).toMatchObject({ type: 'Fiducial', coordinateSystem: 'LPS', coordinateUnits: 'mm' })
  expect(file.markups[0].controlPoints).toMatchObject([
    { id: '1', label: 'Helicotrema', position: [-31.5, 12.25, 4], positionStatus: 'defined' },
    { id: '2', label: 'Oval window', position: [-33, 14, 6.5], positionStatus: 'defined' },
    { id: '3', label: 'Round window', positionStatus: 'undefined' }
  ])
})

test('a landmark that was not found has no position', () => {
  expect(parse(encodeMarkups([{ landmarks }])).markups[0].controlPoints[2]).not.toHaveProperty('position')
})

test('each ear has a list of its own, named in every label', () => {
  const { markups } = parse(
    encodeMarkups([
      { name: 'Left', landmarks },
      { name: 'Right', landmarks }
    ])
  )
  expect(markups.map((list: { name: string }) => list.name)).toEqual(['Left', 'Right'])
  expect(markups[1].controlPoints[0].label).toBe('Right helicotrema')
})
