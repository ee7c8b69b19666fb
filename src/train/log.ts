import { open } from 'node:fs/promises'
import { InputError } from '../core/errors.ts'
import { jsonIn } from '../io/json.ts'
import { readBytesIfThere } from '../node/read-file.ts'
import { writeError, writeFileAtomically } from '../node/write-file.ts'
import type { ValidationMetrics } from './metrics.ts'

/** A run begins or goes on. */
export interface StartRecord {
  readonly kind: 'start'
  /** Steps done before. */
  readonly step: number
  readonly configuration: string
  readonly software: string
  readonly cases: string
  /** What to know of how the cases were read. */
  readonly notes: readonly string[]
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
  /** Share of the time the engine waited for its samples. */
  readonly idle: number
  /** Index of the case of each sample; with the recipe and the step they give the samples again. */
  readonly cases: readonly number[]
}

export interface ValidationRecord {
  readonly kind: 'validation'
  readonly step: number
  readonly metrics: ValidationMetrics
}

export type LogRecord = StartRecord | StepRecord | ValidationRecord

/** Where a run writes down what happens. */
export interface TrainingLog {
  write(record: LogRecord): Promise<void>
  /** Brings all that was written to the disk. */
  flush(): Promise<void>
  close(): Promise<void>
}

/**
 * Opens a log of one JSON object a line to add to, without what was written after `step`: a run resumed from there
 * writes that again.
 * @throws ResourceError when the disk is full, InputError when a file there is no log
 */
export async function openLog(path: string, step: number): Promise<TrainingLog> {
  const kept = (await readRecords(path)).filter((record) => record.step <= step)
  await writeFileAtomically(path, kept.map((record) => `${JSON.stringify(record)}\n`).join(''))
  return appendingLog(path, (record) => `${JSON.stringify(record)}\n`)
}

/** A log that adds each record's bytes to the end of a file. */
export async function appendingLog(
  path: string,
  encode: (record: LogRecord) => string | Uint8Array
): Promise<TrainingLog> {
  const explained = (error: unknown): never => {
    throw writeError(path, error)
  }
  const file = await open(path, 'a').catch(explained)
  return {
    write: (record) => file.appendFile(encode(record)).catch(explained),
    flush: () => file.sync().catch(explained),
    close: () => file.close()
  }
}

/** The records of a log, without a last line that a crash has cut; none when there is no such file. */
export async function readRecords(path: string): Promise<LogRecord[]> {
  const text = new TextDecoder().decode(await readBytesIfThere(path))
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  return whole.split('\n').flatMap((line, at) => (line === '' ? [] : [parseRecord(line, path, at + 1)]))
}

function parseRecord(line: string, path: string, number: number): LogRecord {
  const value = jsonIn(line)
  if (isRecord(value)) return value
  throw new InputError(path, `line ${number} is not a record of a training log; move the file away`)
}

/** Checks only the fields that every record has; the log was written by this program. */
function isRecord(value: unknown): value is LogRecord {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('step' in value)) return false
  return ['start', 'step', 'validation'].includes(String(value.kind)) && typeof value.step === 'number'
}
