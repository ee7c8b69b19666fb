import { canalQuantities } from './catalogue/canals.ts'
import { cochleaQuantities } from './catalogue/cochlea.ts'
import { ductQuantities } from './catalogue/duct.ts'
import { landmarkQuantities } from './catalogue/landmarks.ts'
import { volumeQuantities } from './catalogue/volumes.ts'
import type { Quantity } from './measurement.ts'

/** Every quantity, in the order of reports. */
export const quantities: readonly Quantity[] = [
  ...volumeQuantities,
  ...cochleaQuantities,
  ...ductQuantities,
  ...canalQuantities,
  ...landmarkQuantities
]
