import { add, type Vector3 } from '../../core/math/vector.ts'
import type { Malformation } from '../anatomy/malformed/malform.ts'
import type { LabyrinthShape, Section } from '../anatomy/shape.ts'
import type { Inclusion } from './inclusion.ts'
import { cone } from './primitives.ts'
import type { Surroundings } from './surroundings.ts'

/** The bone around a malformed ear: what of a malformation lies in the tissues, not in the labyrinth itself. */
export function malformSurroundings(
  surroundings: Surroundings,
  { kind, severity }: Malformation,
  shape: LabyrinthShape
): Surroundings {
  switch (kind) {
    case 'wide_vestibular_aqueduct':
    case 'incomplete_partition_2':
      return { ...surroundings, inclusions: surroundings.inclusions.flatMap((each) => widened(each, severity)) }
    case 'superior_canal_dehiscence':
      return { ...surroundings, inclusions: [...surroundings.inclusions, dehiscence(shape, severity)] }
    default:
      return surroundings
  }
}

/**
 * A vestibular aqueduct that opens into the posterior fossa at a width of 1.5 to 5 mm (more than 1.5 mm at its midpoint is
 * called wide: Valvassori & Clemis, Laryngoscope 88:723, 1978), with bone between it and the canals.
 */
function widened(inclusion: Inclusion, severity: number): Inclusion[] {
  const [course] = inclusion.shapes
  if (inclusion.name !== 'vestibular aqueduct' || course?.kind !== 'cone') return [inclusion]
  const outer = inclusion.shapes.at(-1)
  if (outer?.kind !== 'cone') return [inclusion]
  const width = 0.75 + 1.75 * severity
  return [
    inclusion,
    {
      ...inclusion,
      name: 'wide part of the vestibular aqueduct',
      shell: 0.2,
      shapes: [cone(course.from, course.to, 0.5 * width, 0.9 * width), cone(outer.from, outer.to, 0.9 * width, width)]
    }
  ]
}

/** A gap in the bone over the top of the superior canal, up to the middle fossa: dura lies on the canal. */
function dehiscence({ canals }: LabyrinthShape, severity: number): Inclusion {
  const [superior] = canals as readonly (readonly Section[])[]
  const top = (superior as readonly Section[]).reduce<Vector3>(
    (highest, { center }) => (center[2] > highest[2] ? center : highest),
    [0, 0, Number.NEGATIVE_INFINITY]
  )
  const radius = 0.5 + severity
  return {
    name: 'dehiscence of the superior canal',
    shapes: [cone(top, add(top, [0, 0, 4]), radius, radius + 0.8)],
    tissue: 'dura',
    shell: -1,
    waviness: 0.1
  }
}
