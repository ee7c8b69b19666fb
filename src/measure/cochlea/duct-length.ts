/** Cochlear duct lengths in mm from the A value in mm, by published formulas. */
export interface DuctLengths {
  readonly alexiadesOrganOfCorti: number
  readonly alexiadesTwoTurns: number
  readonly kochOrganOfCorti: number
  readonly kochLateralWall: number
}

/**
 * Alexiades et al., Otology & Neurotology 36(5):904–907, 2015 (its CDL(oc) and 2TL(oc), at the organ of Corti; what its
 * insertion variants (i) run along, its abstract does not say) and Koch et al. 2017.
 */
export function ductLengths(a: number): DuctLengths {
  return {
    alexiadesOrganOfCorti: 4.16 * a - 4,
    alexiadesTwoTurns: 3.65 * (a - 1),
    kochOrganOfCorti: 4.16 * a - 5.05,
    kochLateralWall: 3.86 * a + 4.99
  }
}

/** Length (mm) along the lateral wall from the round window to an angle in degrees: 2.62 A ln(1 + θ/235), Escudé 2006. */
export function lengthToAngle(a: number, angle: number): number {
  return 2.62 * a * Math.log1p(angle / 235)
}

/** The angle in degrees at a length (mm) along the lateral wall: the inverse of `lengthToAngle`. */
export function angleAtLength(a: number, length: number): number {
  return 235 * Math.expm1(length / (2.62 * a))
}
