import type { Quantity, Reference } from './measurement.ts'

const realEars = (mean: number, sd: number, low?: number, high?: number): Reference => ({
  mean,
  sd,
  ...(low !== undefined && { low }),
  ...(high !== undefined && { high }),
  n: 71,
  source: '71 bony labyrinths outlined in CT'
})

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

const volumes: readonly Quantity[] = [
  volume('cochlea_volume', 'Volume of the cochlea', ['cochlea']),
  volume('vestibule_volume', 'Volume of the vestibule', ['vestibule']),
  volume('semicircular_canals_volume', 'Volume of the semicircular canals', ['semicircular_canals']),
  volume(
    'labyrinth_volume',
    'Volume of the labyrinth',
    ['cochlea', 'vestibule', 'semicircular_canals'],
    realEars(187, 24, 140, 265)
  )
]

/** Every quantity, in the order of reports. */
export const quantities: readonly Quantity[] = [...volumes]
