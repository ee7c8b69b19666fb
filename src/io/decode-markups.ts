import { z } from 'zod'
import { type LandmarkId, landmarkKinds } from '../core/anatomy.ts'
import { InputError } from '../core/errors.ts'
import type { Landmark } from '../core/landmark.ts'
import { printable } from '../core/printable.ts'
import type { MarkupsList } from './markups.ts'
import { millimetresIn } from './units.ts'

const position = z.tuple([z.number(), z.number(), z.number()])
const markupsFile = z.looseObject({
  markups: z.array(
    z.looseObject({
      name: z.string().optional(),
      coordinateSystem: z.unknown().optional(),
      coordinateUnits: z.unknown().optional(),
      controlPoints: z
        .array(
          z.looseObject({
            label: z.string().default(''),
            description: z.string().default(''),
            position: position.nullish(),
            positionStatus: z.string().default('defined')
          })
        )
        .default([])
    })
  )
})

type MarkupsPoint = z.infer<typeof markupsFile>['markups'][number]['controlPoints'][number]

/**
 * The landmarks in a 3D Slicer markups file (`.mrk.json`), list by list, in LPS mm. A point is known by its label or
 * description: `Helicotrema`, `oval_window`, `Right round window`; points of other names are left out beside such.
 * @param value the file's parsed JSON
 * @param source the file's name, for messages
 * @throws InputError if it is no markups file, holds points of which none has a known name, names a landmark
 * twice in a list, or gives coordinates or their status in a form that is not understood
 */
export function markupsOf(value: unknown, source: string): MarkupsList[] {
  const parsed = markupsFile.safeParse(value)
  if (!parsed.success) throw new InputError(source, 'is not a 3D Slicer markups file (.mrk.json)')
  const lists = parsed.data.markups.map(({ name, coordinateSystem, coordinateUnits, controlPoints }) => {
    const named = controlPoints.flatMap((point) => {
      const id = landmarkNamed(point.label, source) ?? landmarkNamed(point.description, source)
      return id === undefined ? [] : [{ id, point }]
    })
    // The coordinates of a list that is left out do not matter.
    if (named.length === 0) return { landmarks: [], ...(name !== undefined && { name }) }
    const axes = axesOf(coordinateSystem, coordinateUnits, source)
    const landmarks = named.map(({ id, point }) => landmarkOf(id, point, axes, source))
    const twice = landmarks.find(({ id }, at) => landmarks.findIndex((other) => other.id === id) !== at)
    if (twice !== undefined) throw new InputError(source, `names ${twice.id} twice in one list`)
    return { landmarks, ...(name !== undefined && { name }) }
  })
  checkNamed(parsed.data.markups, lists, source)
  return lists
}

/** Points of which none is named are no scan without landmarks, and those of a list of one side no ear without them. */
function checkNamed(
  given: z.infer<typeof markupsFile>['markups'],
  lists: readonly MarkupsList[],
  source: string
): void {
  const open = given.filter(({ controlPoints }, n) => controlPoints.length > 0 && lists[n]?.landmarks.length === 0)
  const named = lists.some(({ landmarks }) => landmarks.length > 0)
  const lost = named ? open.filter(({ name = '' }) => /(^|[^a-z])(left|right)([^a-z]|$)/i.test(name)) : open
  const [first] = lost
  if (first === undefined) return
  const names = landmarkKinds.map((kind) => kind.name).join(', ')
  const where = named ? `its list "${printable(first.name ?? '')}" holds` : 'holds'
  const labels = labelsOf(lost.flatMap(({ controlPoints }) => controlPoints))
  throw new InputError(source, `${where} no point that is called ${names}, but ${labels}; rename them`)
}

type Axes = readonly [x: number, y: number, z: number]

/** What each coordinate is multiplied by to be LPS mm; a list that does not say is LPS mm, by the schema. */
function axesOf(system: unknown, units: unknown, source: string): Axes {
  const word = String(system ?? (system === undefined ? 'LPS' : 'null'))
    .trim()
    .toLowerCase()
  const sign = systems[word]
  if (sign === undefined) {
    throw new InputError(source, `its coordinateSystem "${printable(word)}" is not known; save it in LPS or RAS`)
  }
  // Units are a word of UCUM, or a code of which it is the first part.
  const unit: unknown = Array.isArray(units) ? units[0] : (units ?? 'mm')
  const mm = typeof unit === 'string' ? millimetresIn(unit) : undefined
  if (mm === undefined) {
    const given = printable(JSON.stringify(units) ?? '')
    throw new InputError(source, `its coordinateUnits ${given} are no known unit of length; save it in mm`)
  }
  return [sign * mm, sign * mm, mm]
}

/** The sign of x and y, by the names of coordinate systems; 3D Slicer wrote them as numbers, too. */
const systems: Readonly<Record<string, 1 | -1>> = {
  lps: 1,
  '1': 1,
  'left-posterior-superior': 1,
  ras: -1,
  '0': -1,
  'right-anterior-superior': -1
}

function landmarkOf(id: LandmarkId, point: MarkupsPoint, [sx, sy, sz]: Axes, source: string): Landmark {
  const { position, positionStatus } = point
  if (positionStatus === 'undefined' || positionStatus === 'missing') return { id, status: 'undefined', confidence: 1 }
  if (positionStatus !== 'defined') {
    const status = printable(positionStatus)
    throw new InputError(source, `${id} has the status "${status}", which is neither defined, undefined nor missing`)
  }
  if (!position) {
    throw new InputError(source, `${id} has no position; place it, or give it the positionStatus "undefined"`)
  }
  const [x, y, z] = position
  return { id, status: 'defined', position: [sx * x, sy * y, sz * z], confidence: 1 }
}

function landmarkNamed(text: string, source: string): LandmarkId | undefined {
  const words = text.toLowerCase().replaceAll(/[^a-z]+/g, '_')
  const [first, second] = landmarkKinds.filter(({ id }) => words.includes(id))
  if (second === undefined) return first?.id
  throw new InputError(source, `its point "${printable(text)}" names two landmarks; name one`)
}

function labelsOf(points: readonly MarkupsPoint[]): string {
  const shown = points.slice(0, 5).map(({ label, description }) => `"${printable(label || description)}"`)
  return shown.join(', ') + (points.length > 5 ? ` and ${points.length - 5} more` : '')
}
