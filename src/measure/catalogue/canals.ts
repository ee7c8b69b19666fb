import type { Quantity } from '../measurement.ts'
import { withReference } from '../reference.ts'

const inputs = ['semicircular_canals']

const radius = (id: string): Quantity => ({
  id: `${id}_canal_radius`,
  name: `Radius of the ${id} canal`,
  unit: 'mm',
  definition: "Radius of the circle fitted to the canal's centreline outside the vestibule and the common crus.",
  source: 'direct',
  inputs
})

const angle = (a: string, b: string): Quantity =>
  withReference({
    id: `${a}_${b}_canal_angle`,
    name: `Angle of the ${a} and ${b} canals`,
    unit: '°',
    definition: 'Angle between the normals of the circles fitted to the two canals.',
    source: 'Della Santina et al. 2005',
    inputs
  })

export const canalQuantities: readonly Quantity[] = [
  radius('superior'),
  radius('posterior'),
  radius('lateral'),
  angle('superior', 'posterior'),
  angle('superior', 'lateral'),
  angle('posterior', 'lateral')
]
