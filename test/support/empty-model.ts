import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { landmarkKinds, parts } from '../../src/core/anatomy.ts'
import { networkParameters } from '../../src/network/build-network.ts'
import { networkConfiguration } from '../../src/network/configuration.ts'
import { encodeModel, type ModelMetadata } from '../../src/network/model-file.ts'
import { elementCount } from '../../src/onnx/shape.ts'

/** A tiny network file that calls every voxel background, with the description of a detector or a segmenter. */
export function emptyNetwork(role: ModelMetadata['role'], changes: Partial<ModelMetadata> = {}): Uint8Array {
  const tiny = networkConfiguration.parse({ levels: 1, features: 1, kernel: 1, convolutionsPerLevel: 1 })
  const network = changes.network ?? tiny
  const weights = new Map(
    networkParameters(network).map(({ name, shape }) => {
      const data = new Float32Array(elementCount(shape))
      if (name === 'labels.bias') data[0] = 20
      return [name, { dims: shape, data }]
    })
  )
  const metadata: ModelMetadata = {
    format: 'otomark-model',
    version: 1,
    name: `empty ${role}`,
    role,
    network,
    grid: { size: [32, 32, 32], spacing: 0.8, frame: role === 'detector' ? 'LPS' : 'ear', center: [0, 0, 0] },
    window: { low: -1000, high: 2500 },
    labels: ['background', ...parts.map(({ id }) => id)],
    landmarks: landmarkKinds.map(({ id }) => id),
    heatmapSigma: 1,
    training: { recipe: '{}', steps: 0, seed: 0, data: 'nothing' },
    metrics: {},
    software: '0.0.0'
  }
  return encodeModel({ ...metadata, ...changes }, weights)
}

/** Writes a model folder; files that are not given are empty networks. */
export async function writeModelFolder(
  folder: string,
  files: { readonly detector?: Uint8Array | string; readonly segmenter?: Uint8Array | string } = {}
): Promise<string> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'detector.onnx'), files.detector ?? emptyNetwork('detector'))
  await writeFile(join(folder, 'segmenter.onnx'), files.segmenter ?? emptyNetwork('segmenter'))
  return folder
}
