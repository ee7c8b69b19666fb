import { z } from 'zod'
import { InputError, UsageError } from '../core/errors.ts'
import { softwareVersion } from '../core/version.ts'
import { jsonIn } from '../io/json.ts'
import { decodeSafetensors, encodeSafetensors } from '../io/safetensors.ts'
import { readBytesIfThere } from '../node/read-file.ts'
import { writeFileAtomically } from '../node/write-file.ts'
import type { Tensor } from '../runtime/session.ts'
import { type ValidationMetrics, validationMetrics } from './metrics.ts'
import { type PlateauState, plateauState } from './plateau.ts'

/** All that is needed to go on with a run to the same bits. */
export interface Checkpoint {
  /** Steps done. */
  readonly step: number
  /** Weights and the optimizer's state, as the trainer keeps them. */
  readonly state: ReadonlyMap<string, Tensor>
  /** The moving average of the weights. */
  readonly average: ReadonlyMap<string, Tensor>
  /** Those of the last validation; undefined before the first. */
  readonly metrics: ValidationMetrics | undefined
  /** Score of the best validation; undefined before the first. */
  readonly bestScore: number | undefined
  /** What a plateau schedule has seen; undefined in checkpoints from before there was one. */
  readonly plateau: PlateauState | undefined
}

/** What decides whether a checkpoint may be gone on from. */
export interface CheckpointCondition {
  /** What all that decides the weights was hashed to. */
  readonly hash: string
  /** Take one of another version of otomark too, whose arithmetic may differ. */
  readonly anyVersion: boolean
}

const format = 'otomark-checkpoint-1'
const metadataSchema = z.looseObject({
  format: z.literal(format),
  configuration: z.string(),
  software: z.string().default('before 0.2'),
  step: z.coerce.number().int().nonnegative(),
  validation: z.string().default('{}')
})
const validationSchema = z.strictObject({
  metrics: validationMetrics.optional(),
  bestScore: z.number().optional(),
  plateau: plateauState.optional()
})

/** @param hash without which the checkpoint is not used again */
export async function writeCheckpoint(path: string, checkpoint: Checkpoint, hash: string): Promise<void> {
  const { step, state, average, metrics, bestScore, plateau } = checkpoint
  const tensors = new Map([...prefixed('state/', state), ...prefixed('average/', average)])
  const metadata = {
    format,
    configuration: hash,
    software: softwareVersion,
    step: String(step),
    validation: JSON.stringify({ metrics, bestScore, plateau })
  }
  await writeFileAtomically(path, encodeSafetensors({ tensors, metadata }))
}

/**
 * @returns the checkpoint, or undefined when there is no such file
 * @throws InputError if the file is broken, UsageError if another configuration or another version made it
 */
export async function readCheckpoint(path: string, condition: CheckpointCondition): Promise<Checkpoint | undefined> {
  const bytes = await readBytesIfThere(path)
  if (bytes === undefined) return undefined
  const file = decodeSafetensors(bytes, path)
  const metadata = metadataSchema.safeParse(file.metadata)
  if (!metadata.success) throw new InputError(path, 'is not a checkpoint of this version of otomark')
  const { configuration, software, step, validation } = metadata.data
  if (configuration !== condition.hash) {
    throw new UsageError(`${path}: was made by another configuration; resume with that one or train into a new folder`)
  }
  if (software !== softwareVersion && !condition.anyVersion) {
    throw new UsageError(
      `${path}: was made by otomark ${software}, this is ${softwareVersion}, which may not give the same weights; ` +
        'resume with that version, or add --allow-version-change'
    )
  }
  const { metrics, bestScore, plateau } = parseValidation(validation, path)
  return {
    step,
    state: withPrefix('state/', file.tensors),
    average: withPrefix('average/', file.tensors),
    metrics,
    bestScore,
    plateau
  }
}

/**
 * Makes sure that a checkpoint's tensors are those of a network: all of them, no others, of the same shapes, every
 * number finite.
 * @param path the checkpoint's file, for messages
 * @throws InputError naming the first tensor that is not
 */
export function assertFits(
  path: string,
  checkpoint: Pick<Checkpoint, 'state' | 'average'>,
  network: { readonly state: ReadonlyMap<string, Tensor>; readonly weights: ReadonlyMap<string, Tensor> }
): void {
  for (const [found, expected] of [
    [checkpoint.state, network.state],
    [checkpoint.average, network.weights]
  ] as const) {
    const fail = (name: string, problem: string): never => {
      throw new InputError(
        path,
        `the checkpoint does not fit this network: ${name} ${problem}; train into a new folder`
      )
    }
    for (const name of found.keys()) if (!expected.has(name)) fail(name, 'is no tensor of it')
    for (const [name, { dims }] of expected) {
      const tensor = found.get(name) ?? fail(name, 'is missing')
      if (tensor.dims.join() !== dims.join()) {
        fail(name, `is ${tensor.dims.join(' × ')} numbers, not ${dims.join(' × ')}`)
      }
      if (!tensor.data.every(Number.isFinite)) fail(name, 'holds a number that is not finite')
    }
  }
}

function parseValidation(text: string, path: string): z.infer<typeof validationSchema> {
  const parsed = validationSchema.safeParse(jsonIn(text))
  if (parsed.success) return parsed.data
  throw new InputError(path, 'its record of the last validation is broken', { cause: parsed.error })
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
