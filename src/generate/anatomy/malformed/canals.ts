import { add, scale, subtract } from '../../../core/math/vector.ts'
import { createSection, type LabyrinthShape, type Section, shapeMatrix } from '../shape.ts'

/** Place of the lateral canal among a shape's canals. */
const lateral = 2

export function absentLateralCanal(shape: LabyrinthShape): LabyrinthShape {
  return { ...shape, canals: shape.canals.filter((_, n) => n !== lateral) }
}

/** A short, wide lateral canal about a small island of bone: moved in towards the middle of its two ends. */
export function shortLateralCanal(shape: LabyrinthShape, severity: number): LabyrinthShape {
  return { ...shape, canals: shape.canals.map((canal, n) => (n === lateral ? movedIn(canal, severity) : canal)) }
}

function movedIn(canal: readonly Section[], severity: number): Section[] {
  const [first, last] = [canal[0] as Section, canal.at(-1) as Section]
  const middle = scale(add(first.center, last.center), 0.5)
  const [length, width] = [0.8 - 0.25 * severity, 1.15 + 0.35 * severity]
  return canal.map((section) => {
    const [aa, ab, bb] = shapeMatrix(section)
    const center = add(middle, scale(subtract(section.center, middle), length))
    return createSection({ ...section, center }, [width * aa, width * ab, width * bb])
  })
}
