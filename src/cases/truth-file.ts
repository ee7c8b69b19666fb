import { z } from 'zod'
import { landmarkKinds, type Side } from '../core/anatomy.ts'
import { InputError } from '../core/errors.ts'
import type { Landmark } from '../core/landmark.ts'
import { printable } from '../core/printable.ts'
import type { MarkedEar } from './observed-ear.ts'
import { checkBesideEars, checkKeys } from './truth-keys.ts'

const position = z.tuple([z.number(), z.number(), z.number()])
const side = z
  .string()
  .trim()
  .regex(/^(l|r|left|right)$/i)
  .transform((text): Side => (/^l/i.test(text) ? 'left' : 'right'))
  .nullish()
const ear = {
  side,
  landmarks: z.partialRecord(z.enum(['helicotrema', 'oval_window', 'round_window']), position.nullable()).default({})
}

const truthFile = z.looseObject({
  ...ear,
  ears: z.array(z.looseObject(ear)).max(2).optional(),
  generated: z.unknown().optional()
})

/** Keys under which writers say in which coordinates and units positions are, without regard to case, `_` and `-`. */
const coordinateKeys =
  /^(coordinates?|coordinate(system|space|frame|units?)|(landmark|landmarks)(space|system|units?)|space|spaceunits?|units?|lengthunits?|referenceframe)$/

/** What they may say; any other would put landmarks elsewhere. */
const lpsMillimetres = /^(LPS|left-posterior-superior)?[ ,(]*(mm|millimet(er|re)s?)?\)?$/i

/** What a `truth.json` holds. */
export interface DecodedTruth {
  readonly ears: readonly MarkedEar[]
  /** Whether it speaks of one ear only, or of none. */
  readonly ofOne: boolean
  /** Whether it says that there is no other ear: `{"side": null}` beside one in `ears`, or a generated scan's. */
  readonly namesAll: boolean
}

/**
 * The ears of a `truth.json`: `side` (`left`, `right`, `L`, `R`, or null) and `landmarks`, name by name `[x, y, z]` in
 * LPS mm; null says that a landmark is known to be absent, and one that is not listed is unknown. Of two ears a list
 * of the same, `ears`, in which `{"side": null}` says that there is no second one.
 * @throws InputError if it is not a truth file, names no ear, contradicts itself, or names coordinates other than LPS mm
 */
export function decodeTruth(value: unknown, source: string): DecodedTruth {
  checkAllKeys(value, source)
  const parsed = truthFile.safeParse(value)
  if (!parsed.success) {
    throw new InputError(
      source,
      'is not a truth.json: it must be JSON with "side" ("left" or "right") and "landmarks", name by name [x, y, z] in LPS mm'
    )
  }
  const { ears, generated, ...one } = parsed.data
  for (const entry of [one, ...(ears ?? [])]) checkCoordinates(entry, source)
  const isSilent = (entry: z.infer<typeof truthFile>): boolean =>
    entry.side === undefined && Object.keys(entry.landmarks).length === 0
  if (ears === undefined ? isSilent(one) : ears.length > 0 && ears.every(isSilent)) {
    throw new InputError(
      source,
      'says nothing of an ear; give "side", which is null where there is none, or "landmarks"'
    )
  }
  if (ears !== undefined) checkBesideEars(one, ears, source)
  if (ears === undefined) return { ears: [markedEar(one)], ofOne: true, namesAll: generated === true }
  const named = ears.filter(({ side, landmarks }) => side !== null || Object.keys(landmarks).length > 0)
  const namesAll = generated === true || (named.length === 1 && ears.length === 2)
  return { ears: named.map(markedEar), ofOne: named.length < 2, namesAll }
}

function checkAllKeys(value: unknown, source: string): void {
  if (!isObject(value)) return
  checkKeys(value, source)
  const ears = 'ears' in value && Array.isArray(value.ears) ? value.ears : []
  for (const entry of ears) if (isObject(entry)) checkKeys(entry, source)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function checkCoordinates(entry: Readonly<Record<string, unknown>>, source: string): void {
  for (const [key, value] of Object.entries(entry)) {
    if (!coordinateKeys.test(key.toLowerCase().replaceAll(/[_-]/g, '')) || value === null) continue
    if (typeof value === 'string' && value.trim() !== '' && lpsMillimetres.test(value.trim())) continue
    const said = printable(JSON.stringify(value) ?? '')
    throw new InputError(source, `its "${printable(key)}" is ${said}, and landmarks are read in LPS mm; convert them`)
  }
}

function markedEar({ side, landmarks }: z.infer<typeof truthFile>): MarkedEar {
  return {
    side: side ?? null,
    landmarks: landmarkKinds.flatMap(({ id }): Landmark[] => {
      const place = landmarks[id]
      if (place === undefined) return []
      if (place === null) return [{ id, status: 'undefined', confidence: 1 }]
      return [{ id, status: 'defined', position: place, confidence: 1 }]
    })
  }
}
