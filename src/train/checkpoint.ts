import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { InputError, UsageError } from '../core/errors.ts'
import { errorCode, readError } from '../io/file-error.ts'
import { writeFileAtomically } from '../io/node/write-file.ts'
import { decodeSafetensors, encodeSafetensors } from '../io/safetensors.ts'
import type { Tensor } from '../runtime/session.ts'

/** All that is needed to go on with a run to the same bits. */
export interface Checkpoint {
  /** Steps done. */
  readonly step: number
  /** Weights and the optimizer's state, as the trainer keeps them. */
  readonly state: ReadonlyMap<string, Tensor>
  /** The moving average of the weights. */
  readonly average: ReadonlyMap<string, Tensor>
}

const format = 'otomark-checkpoint-1'
const metadataSchema = z.looseObject({
  format: z.literal(format),
  configuration: z.string(),
  step: z.coerce.number().int().nonnegative()
})

/** @param hash the configuration's hash, without which the checkpoint is not used again */
export async function writeCheckpoint(path: string, checkpoint: Checkpoint, hash: string): Promise<void> {
  const tensors = new Map([...prefixed('state/', checkpoint.state), ...prefixed('average/', checkpoint.average)])
  const metadata = {
    format,
    configuration: hash,
    step: String(checkpoint.step)
  }
  await writeFileAtomically(path, encodeSafetensors({ tensors, metadata }))
}

/**
 * @returns the checkpoint, or undefined when there is no such file
 * @throws InputError if the file is broken, UsageError if another configuration made it
 */
export async function readCheckpoint(path: string, hash: string): Promise<Checkpoint | undefined> {
  const bytes = await readFile(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined
    throw readError(path, error)
  })
  if (bytes === undefined) return undefined
  const file = decodeSafetensors(bytes, path)
  const metadata = metadataSchema.safeParse(file.metadata)
  if (!metadata.success) throw new InputError(path, 'is not a checkpoint of this version of otomark')
  const { configuration, step } = metadata.data
  if (configuration !== hash) {
    throw new UsageError(`${path}: was made by another configuration; resume with that one or train into a new folder`)
  }
  return { step, state: withPrefix('state/', file.tensors), average: withPrefix('average/', file.tensors) }
}

function prefixed(prefix: string, tensors: ReadonlyMap<string, Tensor>): [string, Tensor][] {
  return [...tensors].map(([name, tensor]) => [prefix + name, tensor])
}

function withPrefix(prefix: string, tensors: ReadonlyMap<string, Tensor>): Map<string, Tensor> {
  return new Map(
    [...tensors]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, tensor]) => [name.slice(prefix.length), tensor])
  )
}
