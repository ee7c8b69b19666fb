import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { UsageError } from '../core/errors.ts'
import { decodeModel } from '../network/model-file.ts'
import { readBytes } from '../node/read-file.ts'
import type { Tensor } from '../runtime/session.ts'
import type { TrainingConfiguration } from './configuration.ts'
import type { TrainerState } from './trainer-state.ts'

/** The weights that a fine-tuning begins with. */
export interface Start {
  /** The model's file and its name, in words. */
  readonly description: string
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string
  readonly weights: ReadonlyMap<string, Tensor>
}

/** Fields of a network that a model file has no weights of. */
const trainingOnly: readonly string[] = ['dropout', 'deepSupervision']

/**
 * Reads the weights to begin with from a model file.
 * @throws UsageError if its network is not the recipe's, ModelError if it is no model
 */
export async function readStart(path: string, { network }: TrainingConfiguration): Promise<Start> {
  const bytes = await readBytes(path)
  const { metadata, weights } = decodeModel(bytes, path)
  const fields = (Object.keys(network) as (keyof typeof network)[]).filter((field) => !trainingOnly.includes(field))
  const other = fields.filter((field) => JSON.stringify(network[field]) !== JSON.stringify(metadata.network[field]))
  if (other.length > 0) {
    const wanted = other.map((field) => `${field} ${JSON.stringify(metadata.network[field])}`).join(', ')
    throw new UsageError(`${path}: its network is not the recipe's; give the recipe's network ${wanted}`)
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { description: `${basename(path)} (${metadata.name}, ${metadata.training.steps} steps)`, sha256, weights }
}

/** A trainer's fresh state with other weights in it. */
export function startedFrom(fresh: TrainerState, { weights }: Start): TrainerState {
  return new Map([...fresh].map(([name, tensor]) => [name, weights.get(name.replace(/^parameter\./, '')) ?? tensor]))
}
