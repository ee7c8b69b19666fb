import type { Quantity } from '../measurement.ts'
import { withReference } from '../reference.ts'

const distance = (id: string, a: string, b: string): Quantity =>
  withReference({
    id: `${id}_distance`,
    name: `${a} to ${b.toLowerCase()}`,
    unit: 'mm',
    definition: `Distance of the ${a.toLowerCase()} from the ${b.toLowerCase()}; the round window is the centre of its niche.`,
    source: 'direct',
    inputs: [a, b].map((name) => name.toLowerCase().replace(' ', '_'))
  })

export const landmarkQuantities: readonly Quantity[] = [
  distance('oval_round_window', 'Oval window', 'Round window'),
  distance('helicotrema_round_window', 'Helicotrema', 'Round window'),
  distance('helicotrema_oval_window', 'Helicotrema', 'Oval window')
]
