import type { Quantity } from '../measurement.ts'

const distance = (id: string, a: string, b: string, mean: number, sd: number): Quantity => ({
  id: `${id}_distance`,
  name: `${a} to ${b.toLowerCase()}`,
  unit: 'mm',
  definition: `Distance of the ${a.toLowerCase()} from the ${b.toLowerCase()}; the round window is the centre of its niche.`,
  source: 'direct',
  inputs: [a, b].map((name) => name.toLowerCase().replace(' ', '_')),
  reference: { mean, sd, n: 37, source: '37 specimens with landmarks marked in CT' }
})

export const landmarkQuantities: readonly Quantity[] = [
  distance('oval_round_window', 'Oval window', 'Round window', 2.9, 0.23),
  distance('helicotrema_round_window', 'Helicotrema', 'Round window', 7.1, 0.49),
  distance('helicotrema_oval_window', 'Helicotrema', 'Oval window', 6.88, 0.58)
]
