import type { Quantity, Reference } from '../measurement.ts'

const volume = (id: string, name: string, inputs: readonly string[], reference?: Reference): Quantity => ({
  id,
  name,
  unit: 'mm³',
  definition:
    'Sum over voxels of the probability of being inside × volume of a voxel; voxels cut by the wall count in part.',
  source: 'direct',
  inputs,
  ...(reference && { reference })
})

const extent = (id: string, name: string, axis: string, mean: number, sd: number): Quantity => ({
  id: `labyrinth_${id}`,
  name,
  unit: 'mm',
  definition: `From end to end of the labyrinth's surface along the axis along which it spreads ${axis}.`,
  source: 'direct',
  inputs: ['cochlea', 'vestibule', 'semicircular_canals'],
  reference: { mean, sd, n: 71, source: '71 bony labyrinths outlined in CT' }
})

export const volumeQuantities: readonly Quantity[] = [
  volume('cochlea_volume', 'Volume of the cochlea', ['cochlea']),
  volume('vestibule_volume', 'Volume of the vestibule', ['vestibule']),
  volume('semicircular_canals_volume', 'Volume of the semicircular canals', ['semicircular_canals']),
  volume('labyrinth_volume', 'Volume of the labyrinth', ['cochlea', 'vestibule', 'semicircular_canals'], {
    mean: 187,
    sd: 24,
    low: 140,
    high: 265,
    n: 71,
    source: '71 bony labyrinths outlined in CT'
  }),
  extent('length', 'Length of the labyrinth', 'most', 17.61, 0.74),
  extent('width', 'Width of the labyrinth', 'second most', 12.48, 0.66),
  extent('height', 'Height of the labyrinth', 'least', 9.4, 0.43)
]
