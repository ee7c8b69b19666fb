const multiplication = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
  [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
  [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
  [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
  [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
  [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
  [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
  [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
  [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
]
const first = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]

/** Whether a SNOMED CT identifier ends in its Verhoeff check digit (Verhoeff 1969): the dihedral group of the pentagon. */
export function hasCheckDigit(identifier: string): boolean {
  let check = 0
  for (const [place, digit] of [...identifier].reverse().entries()) {
    let permuted = Number(digit)
    for (let round = 0; round < place % 8; round++) permuted = first[permuted] as number
    check = multiplication[check]?.[permuted] as number
  }
  return check === 0
}
