import { type FileHandle, open, readFile } from 'node:fs/promises'
import { errorCode, readError } from '../io/file-error.ts'
import { writeFileAtomically } from '../io/node/write-file.ts'
import type { ValidationMetrics } from './validation.ts'

/** A run begins or goes on. */
export interface StartRecord {
  readonly kind: 'start'
  /** Steps done before. */
  readonly step: number
  readonly configuration: string
  readonly software: string
  readonly cases: string
}

export interface StepRecord {
  readonly kind: 'step'
  /** Steps done, this one included. */
  readonly step: number
  readonly loss: number
  readonly lossLabels: number
  readonly lossLandmarks: number
  readonly gradientNorm: number
  readonly learningRate: number
  readonly seconds: number
  /** Share of the time the engine waited for its sample. */
  readonly idle: number
  /** Index of the case; with the recipe and the step it gives the sample again. */
  readonly case: number
}

export interface ValidationRecord {
  readonly kind: 'validation'
  readonly step: number
  readonly metrics: ValidationMetrics
}

export type LogRecord = StartRecord | StepRecord | ValidationRecord

/** A log of one JSON object a line. */
export interface TrainingLog {
  write(record: LogRecord): Promise<void>
  close(): Promise<void>
}

/** Opens a log to add to, without what was written after `step`: a run resumed from there writes that again. */
export async function openLog(path: string, step: number): Promise<TrainingLog> {
  const kept = (await readRecords(path)).filter((record) => record.step <= step)
  await writeFileAtomically(path, kept.map((record) => `${JSON.stringify(record)}\n`).join(''))
  const file: FileHandle = await open(path, 'a')
  return {
    async write(record) {
      await file.appendFile(`${JSON.stringify(record)}\n`)
    },
    close: () => file.close()
  }
}

/** The records of a log, without a last line that a crash has cut; none when there is no such file. */
export async function readRecords(path: string): Promise<LogRecord[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return ''
    throw readError(path, error)
  })
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LogRecord)
}
