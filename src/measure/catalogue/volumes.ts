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
  })
]
