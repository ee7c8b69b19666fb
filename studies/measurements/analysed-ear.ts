import { readFileSync } from 'node:fs'
import type { ErrorRow } from './errors.ts'

/** Measurements of one generated scan, analysed with the default model: a line of a part's file. */
export interface AnalysedEar {
  /** Case of the seed, and SHA-256 of the segmenter that saw it. */
  readonly index: number
  readonly segmenter: string
  /** None where the ear was missed. */
  readonly errors: readonly ErrorRow[]
}

/** @throws Error when another segmenter saw them */
export function readAnalysed(file: string, segmenter: string): AnalysedEar[] {
  const lines = readFileSync(file, 'utf8').split('\n')
  const ears = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as AnalysedEar)
  if (ears.some((ear) => ear.segmenter !== segmenter)) {
    throw new Error(`${file} was made with other weights; name another folder`)
  }
  return ears
}
