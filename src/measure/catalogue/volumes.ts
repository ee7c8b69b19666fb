import type { Quantity } from '../measurement.ts'
import { withReference } from '../reference.ts'

const volume = (id: string, name: string, inputs: readonly string[]): Quantity =>
  withReference({
    id,
    name,
    unit: 'mm³',
    definition:
      'Sum over voxels of the probability of being inside × volume of a voxel; voxels cut by the wall count in part.',
    source: 'direct',
    inputs
  })

const extent = (id: string, name: string, axis: string): Quantity =>
  withReference({
    id: `labyrinth_${id}`,
    name,
    unit: 'mm',
    definition: `From end to end of the labyrinth's surface along the axis along which it spreads ${axis}.`,
    source: 'direct',
    inputs: ['cochlea', 'vestibule', 'semicircular_canals']
  })

export const volumeQuantities: readonly Quantity[] = [
  volume('cochlea_volume', 'Volume of the cochlea', ['cochlea']),
  volume('vestibule_volume', 'Volume of the vestibule', ['vestibule']),
  volume('semicircular_canals_volume', 'Volume of the semicircular canals', ['semicircular_canals']),
  volume('labyrinth_volume', 'Volume of the labyrinth', ['cochlea', 'vestibule', 'semicircular_canals']),
  extent('length', 'Length of the labyrinth', 'most'),
  extent('width', 'Width of the labyrinth', 'second most'),
  extent('height', 'Height of the labyrinth', 'least')
]
