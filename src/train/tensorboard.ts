import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { encodeEvent, type TrainingEvent } from '../io/event-file.ts'
import { readError } from '../io/file-error.ts'
import { writeFileAtomically } from '../node/write-file.ts'
import { appendingLog, type LogRecord, type TrainingLog } from './log.ts'
import { flattenMetrics } from './metrics.ts'

const filePrefix = 'events.out.tfevents'

/**
 * Opens an event file for TensorBoard beside those of earlier starts; it reads them in the order of their names. The
 * new one says where the run goes on, so that what an interrupted run wrote after its last checkpoint is forgotten.
 * @param step steps done
 */
export async function openEventFile(folder: string, step: number): Promise<TrainingLog> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw readError(folder, error)
  })
  const earlier = names.filter((name) => name.startsWith(filePrefix)).length
  const path = join(folder, `${filePrefix}.${String(earlier).padStart(4, '0')}.otomark`)
  const head: TrainingEvent['content'][] = [{ kind: 'version' }, { kind: 'start' }]
  const events = head.map((content) => encodeEvent({ wallTime: now(), step: step + 1, content }))
  await writeFileAtomically(path, Buffer.concat(events))
  return appendingLog(path, (record) => {
    const values = scalarsOf(record)
    if (Object.keys(values).length === 0) return ''
    return encodeEvent({ wallTime: now(), step: record.step, content: { kind: 'scalars', values } })
  })
}

/** The figures of a record by TensorBoard's tags. */
function scalarsOf(record: LogRecord): Record<string, number> {
  switch (record.kind) {
    case 'start':
      return {}
    case 'step':
      return {
        'loss/total': record.loss,
        'loss/labels': record.lossLabels,
        'loss/landmarks': record.lossLandmarks,
        'optimizer/learning rate': record.learningRate,
        'optimizer/gradient norm': record.gradientNorm,
        'speed/steps per second': 1 / record.seconds,
        'speed/engine idle share': record.idle
      }
    case 'validation':
      return Object.fromEntries(
        Object.entries(flattenMetrics(record.metrics)).map(([name, value]) => [`validation/${name}`, value])
      )
  }
}

/** Seconds since 1970. */
function now(): number {
  return Date.now() / 1000
}
