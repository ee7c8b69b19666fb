import { canalQuantities } from './catalogue/canals.ts'
import { cochleaQuantities } from './catalogue/cochlea.ts'
import { ductQuantities } from './catalogue/duct.ts'
import { landmarkQuantities } from './catalogue/landmarks.ts'
import { volumeQuantities } from './catalogue/volumes.ts'
import type { Quantity } from './measurement.ts'

/** Every quantity under its heading, in the order of reports. */
export const quantityGroups: readonly { readonly name: string; readonly quantities: readonly Quantity[] }[] = [
  { name: 'Volumes', quantities: volumeQuantities },
  { name: 'Cochlea', quantities: cochleaQuantities },
  { name: 'Cochlear duct', quantities: ductQuantities },
  { name: 'Semicircular canals', quantities: canalQuantities },
  { name: 'Distances of landmarks', quantities: landmarkQuantities }
]

export const quantities: readonly Quantity[] = quantityGroups.flatMap((group) => group.quantities)
