import { z } from 'zod'
import { landmarkKinds, type Side } from '../core/anatomy.ts'
import { InputError } from '../core/errors.ts'
import type { Landmark } from '../core/landmark.ts'
import type { MarkedEar } from './observed-ear.ts'

const position = z.tuple([z.number(), z.number(), z.number()])
const lps = z.string().regex(/^LPS/i).optional()
const side = z
  .string()
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
  coordinates: lps,
  landmark_space: lps
})

/** What a `truth.json` holds. */
export interface DecodedTruth {
  readonly ears: readonly MarkedEar[]
  /** Whether it speaks of one ear only, or of none. */
  readonly ofOne: boolean
}

/**
 * The ears of a `truth.json`: `side` (`left`, `right`, `L`, `R`, or null) and `landmarks`, name by name `[x, y, z]` in
 * LPS mm; null says that a landmark is known to be absent, and one that is not listed is unknown. Of two ears a list
 * of the same, `ears`.
 * @throws InputError if it is none
 */
export function decodeTruth(value: unknown, source: string): DecodedTruth {
  const parsed = truthFile.safeParse(value)
  if (!parsed.success) {
    throw new InputError(
      source,
      'is not a truth.json: it must be JSON with "side" ("left" or "right") and "landmarks", name by name [x, y, z] in LPS mm'
    )
  }
  const { ears, ...one } = parsed.data
  if (ears === undefined) return { ears: [markedEar(one)], ofOne: true }
  return { ears: ears.map(markedEar), ofOne: ears.length < 2 }
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
