import { landmarkKinds, parts } from '../core/anatomy.ts'
import { ModelError, ResourceError, UsageError } from '../core/errors.ts'
import { isOutOfMemory } from '../core/out-of-memory.ts'
import type { ModelMetadata } from '../network/metadata.ts'
import type { Runtime, SessionOptions } from '../runtime/session.ts'
import type { Model, Network } from './model.ts'
import { runNetwork } from './predict/run-network.ts'

/** A model file's bytes and its name, for messages. */
export interface ModelFile {
  readonly source: string
  readonly bytes: Uint8Array
}

/** The two files of a model. */
export interface ModelFiles {
  readonly detector: ModelFile
  readonly segmenter: ModelFile
}

/** Names of the classes a network must tell apart, background first. */
const classNames: readonly string[] = ['background', ...parts.map(({ id }) => id)]
const landmarkNames: readonly string[] = landmarkKinds.map(({ id }) => id)

/**
 * Opens the two networks of a model.
 * @throws ModelError naming the file when it is no model of otomark, or not one that `analyze` can use in that place;
 * UsageError where `threads` is no whole number above 0
 *
 * @example
 * ```ts
 * import { openModel } from 'otomark'
 * import { nodeRuntime, readModelFolder } from 'otomark/node'
 *
 * const model = await openModel(await readModelFolder('my-model'), nodeRuntime, { threads: 2 })
 * console.log(model.segmenter.metadata.name)
 * ```
 */
export async function openModel(files: ModelFiles, runtime: Runtime, options: SessionOptions = {}): Promise<Model> {
  const { threads } = options
  if (threads !== undefined && !(Number.isSafeInteger(threads) && threads > 0)) {
    throw new UsageError(
      `opening ${files.detector.source}: threads: ${threads}; give a whole number above 0, or none for all`
    )
  }
  const detector = await openNetwork(files.detector, 'detector', runtime, options)
  try {
    return { detector, segmenter: await openNetwork(files.segmenter, 'segmenter', runtime, options) }
  } catch (error) {
    await detector.close()
    throw error
  }
}

/**
 * Frees both networks; a model that was closed throws a UsageError where it is used, and closing it again does nothing.
 *
 * @example
 * ```ts
 * import { analyze, closeModel, type Model, type Scan } from 'otomark'
 *
 * async function analyzeOnce(scan: Scan, model: Model) {
 *   return analyze(scan, model).finally(() => closeModel(model))
 * }
 * ```
 */
export async function closeModel({ detector, segmenter }: Model): Promise<void> {
  await Promise.all([detector.close(), segmenter.close()])
}

async function openNetwork(
  { source, bytes }: ModelFile,
  role: ModelMetadata['role'],
  runtime: Runtime,
  options: SessionOptions
): Promise<Network> {
  // Loaded with the first model: importing the library reads neither protocol buffers nor networks.
  const { compileNetwork, decodeModel } = await import('./compile-network.ts')
  const file = decodeModel(bytes, source)
  const { metadata } = file
  assertUsable(metadata, role, source)
  const sha256 = toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes))))
  const graph = compileNetwork(file, await runtime.target())
  const session = await runtime.open(graph, options).catch((cause: unknown) => {
    if (cause instanceof ResourceError) throw cause
    if (isOutOfMemory(cause)) {
      throw new ResourceError(`opening ${source}: out of memory; close other programs`, { cause })
    }
    throw new ModelError(source, `${runtime.name} cannot run this model; it may be damaged`, { cause })
  })
  if (!['labels', 'landmarks'].every((name) => session.outputNames.includes(name))) {
    await session.release()
    throw new ModelError(source, 'its graph lacks the labels or landmarks it describes; choose another model')
  }
  let released: Promise<void> | undefined
  return {
    source,
    sha256,
    metadata,
    threads: runtime.threadsOf?.(options),
    async predict(image) {
      if (released) throw new UsageError(`running ${source}: its model was closed; open it again with openModel`)
      return runNetwork(session, metadata, image)
    },
    close: () => (released ??= session.release())
  }
}

function assertUsable(metadata: ModelMetadata, role: ModelMetadata['role'], source: string): void {
  const frame = role === 'detector' ? 'LPS' : 'ear'
  const expectations: readonly (readonly [what: string, found: string, expected: string])[] = [
    ['role', metadata.role, role],
    ['grid frame', metadata.grid.frame, frame],
    ['image channels', String(metadata.network.inputChannels), '1'],
    ['labels', metadata.labels.join(', '), classNames.join(', ')],
    ['landmarks', metadata.landmarks.join(', '), landmarkNames.join(', ')]
  ]
  for (const [what, found, expected] of expectations) {
    if (found === expected) continue
    throw new ModelError(source, `its ${what} should be "${expected}" but is "${found}"; choose another model`)
  }
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
