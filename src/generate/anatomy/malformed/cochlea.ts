import { add, scale, subtract, type Vector3 } from '../../../core/math/vector.ts'
import { createCochlearFrame } from '../../../ear/cochlear-coordinates.ts'
import { placeOnWall } from '../landmarks.ts'
import { createEllipsoid, createSection, type LabyrinthShape, type Section, shapeMatrix } from '../shape.ts'
import { sectionWall } from '../wall.ts'
import { sectionAngles } from '../winding.ts'

const turn = 2 * Math.PI

/** Ends after about one and a half turns; its helicotrema lies at the new end. */
export function shortCochlea(shape: LabyrinthShape, severity: number): LabyrinthShape {
  return endingAt(shape, (0.7 - 0.2 * severity) * shape.cochlea.length)
}

/** Hypoplasia: smaller in all directions and of less than two turns; where it leaves the vestibule it is as it was. */
export function smallCochlea(shape: LabyrinthShape, severity: number): LabyrinthShape {
  const angles = sectionAngles(shape)
  const size = 0.85 - 0.2 * severity
  const cochlea = shape.cochlea.map((section, n) => {
    const share = Math.max(0, Math.min(1, (angles[n] as number) / (turn / 12) + 1))
    return scaled(section, shape.roundWindow, 1 + share * (size - 1))
  })
  const point = add(shape.roundWindow, scale(subtract(shape.modiolarAxis.point, shape.roundWindow), size))
  const small = { ...shape, cochlea, modiolarAxis: { ...shape.modiolarAxis, point } }
  const end = angles.findIndex((angle) => angle > (1.95 - 0.45 * severity) * turn)
  const shorter = endingAt(small, end < 0 ? cochlea.length : end)
  return { ...shorter, roundWindow: placeOnWall(shorter, shape.roundWindow) }
}

/** Incomplete partition, type I: one cyst without modiolus and septa in place of the turns. */
export function cysticCochlea(shape: LabyrinthShape): LabyrinthShape {
  return withCyst(shape, 0.12 * turn)
}

/** Incomplete partition, type II (Mondini): a basal turn, above it one cyst in place of the upper turns. */
export function cysticApex(shape: LabyrinthShape, severity: number): LabyrinthShape {
  return withCyst(shape, (1.4 - 0.3 * severity) * turn)
}

/** Ossification from the round window on: the lumen begins after a stretch that is filled with bone. */
export function ossifiedCochlea(shape: LabyrinthShape, severity: number): LabyrinthShape {
  const angles = sectionAngles(shape)
  const stretch = (0.08 + 0.6 * severity) * turn
  const begin = angles.findIndex((angle) => angle > stretch)
  return { ...shape, cochlea: shape.cochlea.slice(begin), ossified: shape.cochlea.slice(0, begin) }
}

/** The cochlea up to one of its sections. */
function endingAt({ cupula: _, ...shape }: LabyrinthShape, count: number): LabyrinthShape {
  const cochlea = shape.cochlea.slice(0, Math.round(count))
  return { ...shape, cochlea, helicotrema: (cochlea.at(-1) as Section).center }
}

/**
 * The cochlea up to an angle (radians), and a cyst as wide and as high as the turns beyond it. Where nothing winds to an
 * end there is no helicotrema.
 */
function withCyst({ cupula: _, ...shape }: LabyrinthShape, from: number): LabyrinthShape {
  const angles = sectionAngles(shape)
  const begin = angles.findIndex((angle) => angle > from)
  const { direction } = shape.modiolarAxis
  const frame = createCochlearFrame(shape.modiolarAxis, shape.roundWindow)
  const places = shape.cochlea.slice(begin).flatMap(sectionWall)
  const along = (axis: Vector3): { middle: number; half: number } => {
    const at = places.map((place) => axis[0] * place[0] + axis[1] * place[1] + axis[2] * place[2])
    const [low, high] = [at.reduce((a, b) => Math.min(a, b)), at.reduce((a, b) => Math.max(a, b))]
    return { middle: (low + high) / 2, half: (high - low) / 2 }
  }
  const axes = [frame.zero, frame.quarter, direction] as const
  const [zero, quarter, up] = axes.map(along) as [
    ReturnType<typeof along>,
    ReturnType<typeof along>,
    ReturnType<typeof along>
  ]
  const center = add(add(scale(axes[0], zero.middle), scale(axes[1], quarter.middle)), scale(axes[2], up.middle))
  // An ellipsoid in the box around the turns holds more than their cone.
  const cyst = createEllipsoid(center, axes, [0.88 * zero.half, 0.88 * quarter.half, 0.88 * up.half])
  return { ...shape, cochlea: shape.cochlea.slice(0, begin), cyst: [cyst], absent: ['helicotrema'] }
}

/** A section scaled with its place about a point. */
function scaled(section: Section, about: Vector3, factor: number): Section {
  const [aa, ab, bb] = shapeMatrix(section)
  const center = add(about, scale(subtract(section.center, about), factor))
  return createSection({ ...section, center }, [factor * aa, factor * ab, factor * bb])
}
