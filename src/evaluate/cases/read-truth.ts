import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { landmarkKinds, parts, type Side } from '../../core/anatomy.ts'
import { InputError } from '../../core/errors.ts'
import type { Landmark } from '../../core/landmark.ts'
import { decodeMarkups } from '../../io/decode-markups.ts'
import { readError } from '../../io/file-error.ts'
import { readLabelMap } from '../../node/read-scan.ts'
import type { EvaluationCase } from './find-cases.ts'
import { type MarkedEar, type Observation, observe } from './observed-ear.ts'

const position = z.tuple([z.number(), z.number(), z.number()])
const lps = z.string().regex(/^LPS/i).optional()

const truthFile = z.looseObject({
  side: z.enum(['left', 'right', 'L', 'R']).nullish(),
  landmarks: z.partialRecord(z.enum(['helicotrema', 'oval_window', 'round_window']), position.nullable()).default({}),
  coordinates: lps,
  landmark_space: lps
})

/**
 * What is known of a case: labels, and ears with their sides and landmarks. Landmarks of the markups go before those
 * of `truth.json`; one that either says is undefined (null) is known to be absent.
 * @throws InputError naming the file that cannot be read or understood
 */
export async function readTruth({ id, labels, markups, truth }: EvaluationCase): Promise<Observation> {
  const map = labels === null ? null : await readLabelMap(labels)
  const unknown = map?.data.find((label) => label !== 0 && parts.every((part) => part.label !== label))
  if (labels !== null && unknown !== undefined) {
    const table = parts.map(({ label, name }) => `${label} ${name.toLowerCase()}`).join(', ')
    throw new InputError(labels, `case ${id} holds the label ${unknown}; labels are ${table}, or 1 for all of them`)
  }
  const told = truth === null ? null : await readTruthFile(truth)
  const marked = markups === null ? [] : await readMarkedEars(markups)
  if (told === null) return observe(map, marked)
  if (marked.length < 2) {
    return observe(map, [
      { landmarks: marked[0]?.landmarks ?? told.landmarks, side: told.side ?? marked[0]?.side ?? null }
    ])
  }
  if (told.side !== null && truth !== null) {
    throw new InputError(truth, 'names one side, but there are landmarks of two ears')
  }
  return observe(map, marked)
}

/** The ears of a 3D Slicer markups file; a list's name may tell the side. */
export async function readMarkedEars(path: string): Promise<MarkedEar[]> {
  return decodeMarkups(await readText(path), path).map(({ name = '', landmarks }) => ({
    landmarks,
    side: (['left', 'right'] as const).find((side) => name.toLowerCase().includes(side)) ?? null
  }))
}

async function readTruthFile(path: string): Promise<MarkedEar> {
  const parsed = truthFile.safeParse(parseJson(await readText(path)))
  if (!parsed.success) {
    throw new InputError(path, 'is no truth: JSON with "side" and "landmarks", name by name [x, y, z] in LPS mm')
  }
  const { side, landmarks } = parsed.data
  return {
    side: sideOf(side ?? null),
    landmarks: landmarkKinds.flatMap(({ id }): Landmark[] => {
      const place = landmarks[id]
      if (place === undefined) return []
      return [
        place === null
          ? { id, status: 'undefined', confidence: 1 }
          : { id, status: 'defined', position: place, confidence: 1 }
      ]
    })
  }
}

function sideOf(text: Side | 'L' | 'R' | null): Side | null {
  if (text === null) return null
  return text === 'L' || text === 'left' ? 'left' : 'right'
}

export async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw readError(path, error)
  })
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
