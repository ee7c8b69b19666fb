import { z } from 'zod'
import { type LandmarkId, landmarkKinds } from '../core/anatomy.ts'
import { InputError } from '../core/errors.ts'
import type { Landmark } from '../core/landmark.ts'
import { decodeJson } from './json.ts'
import type { MarkupsList } from './markups.ts'

const position = z.tuple([z.number(), z.number(), z.number()])
const markupsFile = z.looseObject({
  markups: z.array(
    z.looseObject({
      name: z.string().optional(),
      coordinateSystem: z.union([z.string(), z.number()]).default('LPS'),
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
 * description: `Helicotrema`, `oval_window`, `Right round window`; points of other names are left out.
 * @param source the file's name, for messages
 * @throws InputError if it is no JSON, no markups file or names a landmark twice in a list
 */
export function decodeMarkups(text: Uint8Array | string, source: string): MarkupsList[] {
  return markupsOf(decodeJson(text, source), source)
}

/** The same of a file that is parsed already. @throws InputError as {@link decodeMarkups} */
export function markupsOf(value: unknown, source: string): MarkupsList[] {
  const parsed = markupsFile.safeParse(value)
  if (!parsed.success) throw new InputError(source, 'is not a 3D Slicer markups file (.mrk.json)')
  return parsed.data.markups.map(({ name, coordinateSystem, controlPoints }) => {
    const isRas = ['RAS', '0'].includes(String(coordinateSystem).toUpperCase())
    const landmarks = controlPoints.flatMap((point) => landmarkOf(point, isRas))
    const twice = landmarks.find(({ id }, at) => landmarks.findIndex((other) => other.id === id) !== at)
    if (twice !== undefined) throw new InputError(source, `names ${twice.id} twice in one list`)
    return { landmarks, ...(name !== undefined && { name }) }
  })
}

function landmarkOf({ label, description, position, positionStatus }: MarkupsPoint, isRas: boolean): Landmark[] {
  const id = landmarkNamed(label) ?? landmarkNamed(description)
  if (id === undefined) return []
  if (!position || positionStatus !== 'defined') return [{ id, status: 'undefined', confidence: 1 }]
  const [x, y, z] = position
  return [{ id, status: 'defined', position: isRas ? [-x, -y, z] : [x, y, z], confidence: 1 }]
}

function landmarkNamed(text: string): LandmarkId | undefined {
  const words = text.toLowerCase().replaceAll(/[^a-z]+/g, '_')
  return landmarkKinds.find(({ id }) => words.includes(id))?.id
}
