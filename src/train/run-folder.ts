import { readdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { UsageError } from '../core/errors.ts'
import { readError } from '../io/file-error.ts'
import { lockOutput } from '../node/folder-lock.ts'
import { isTemporary, makeFolder, writeError } from '../node/write-file.ts'
import { type Checkpoint, type CheckpointCondition, readCheckpoint } from './checkpoint.ts'

/** The files of a run. */
export interface RunFiles {
  readonly configuration: string
  readonly log: string
  readonly checkpoint: string
  /** The weights as they are. */
  readonly model: string
  /** Those of the best validation. */
  readonly best: string
}

export interface RunFolder {
  readonly files: RunFiles
  /** Where to go on from; undefined for a new run. */
  readonly checkpoint: Checkpoint | undefined
  /** Lets other processes write there again. */
  release(): void
}

/**
 * Makes or finds a run's folder, and sweeps away what a killed process was writing there.
 * @param resume go on from the folder's checkpoint, if it has one
 * @throws UsageError if the folder holds a run that is not to be gone on from, one of another configuration or version, or
 * a model whose run cannot be gone on from; ResourceError if another process trains there
 */
export async function openRunFolder(
  folder: string,
  resume: boolean,
  condition: CheckpointCondition
): Promise<RunFolder> {
  const files = {
    configuration: join(folder, 'configuration.json'),
    log: join(folder, 'log.jsonl'),
    checkpoint: join(folder, 'checkpoint.safetensors'),
    model: join(folder, 'model.onnx'),
    best: join(folder, 'best.onnx')
  }
  await makeFolder(folder)
  const release = lockOutput(folder)
  try {
    return { files, checkpoint: await takeUp(folder, files, resume, condition), release }
  } catch (error) {
    release()
    throw error
  }
}

async function takeUp(
  folder: string,
  files: RunFiles,
  resume: boolean,
  condition: CheckpointCondition
): Promise<Checkpoint | undefined> {
  const checkpoint = await readCheckpoint(files.checkpoint, condition)
  if (checkpoint !== undefined && !resume) {
    throw new UsageError(`${folder}: holds a run at step ${checkpoint.step}; add --resume or choose another folder`)
  }
  const names = await readdir(folder).catch((error: unknown) => {
    throw readError(folder, error)
  })
  // A checkpoint is always written before its model.
  if (checkpoint === undefined && names.includes(basename(files.model))) {
    throw new UsageError(`${folder}: holds a model without its checkpoint, which would be lost; choose another folder`)
  }
  try {
    for (const name of names) if (isTemporary(name)) await rm(join(folder, name), { force: true })
  } catch (error) {
    throw writeError(folder, error)
  }
  return checkpoint
}
