/**
 * Writes models of a few small configurations, in single and half precision, and holds them and the shipped ones against
 * ONNX's checker, ONNX's reference and, with the outputs otomark gives in the form it runs them, Python's ONNX Runtime:
 * `OTOMARK_PEER_PYTHON=… npx tsx bench/onnx-check.ts`.
 */
import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { z } from 'zod'
import { createRandom } from '../src/core/math/random.ts'
import { encodeSafetensors } from '../src/io/safetensors.ts'
import { buildNetwork, imageName, networkParameters, tensorShape } from '../src/network/build-network.ts'
import { networkConfiguration } from '../src/network/configuration.ts'
import { decodeModel, encodeModel, modelMetadata } from '../src/network/model-file.ts'
import { initialValues } from '../src/network/parameters.ts'
import { encodeGraph } from '../src/onnx/encode.ts'
import { lower } from '../src/onnx/lowering/lower.ts'
import { elementCount } from '../src/onnx/shape.ts'
import { nodeRuntime } from '../src/runtime/node.ts'

const configurations: Readonly<Record<string, z.input<typeof networkConfiguration>>> = {
  plain: {},
  group: { normalization: 'group', activation: 'gelu', groups: 2 },
  layer: { normalization: 'layer', activation: 'prelu', downsampling: 'strided', upsampling: 'resize_convolution' },
  batch: { normalization: 'batch', activation: 'mish', block: 'residual', squeezeExcitation: 2 },
  gated: { normalization: 'none', activation: 'elu', block: 'dense', attentionGates: true },
  labels: { landmarks: 0, activation: 'silu', downsampling: 'average' }
}

const folder = await mkdtemp(join(tmpdir(), 'otomark-onnx-check-'))
try {
  const files = ['detector', 'segmenter'].map((name) => `models/default/${name}.onnx`)
  for (const [name, configuration] of Object.entries(configurations)) {
    for (const storage of ['float32', 'float16'] as const) {
      const file = join(folder, `${name}-${storage}.onnx`)
      await writeFile(
        file,
        smallModel(name, networkConfiguration.parse({ levels: 2, features: 4, ...configuration }), storage)
      )
      files.push(file)
    }
  }
  const python = process.env.OTOMARK_PEER_PYTHON ?? 'python3'
  for (const file of files) {
    await writeFile(join(folder, `${basename(file, '.onnx')}.safetensors`), await predictionFor(file))
  }
  const words = ['bench/peers/onnx_check.py', '--outputs', folder, ...files]
  const { status, error } = spawnSync(python, words, { stdio: 'inherit' })
  if (error !== undefined) console.log(`${python} cannot be run: ${error.message} (see bench/README.md)`)
  process.exitCode = status ?? 1
} finally {
  await rm(folder, { recursive: true, force: true })
}

function smallModel(
  name: string,
  network: z.infer<typeof networkConfiguration>,
  storage: 'float32' | 'float16'
): Uint8Array {
  const names = (count: number): string[] => Array.from({ length: count }, (_, channel) => `channel ${channel}`)
  const metadata = modelMetadata.parse({
    format: 'otomark-model',
    version: 1,
    name,
    role: 'segmenter',
    network,
    grid: { size: [16, 12, 8], spacing: 0.3, frame: 'ear', center: [0, 0, 0] },
    window: { low: -1000, high: 2500 },
    labels: names(network.classes),
    landmarks: names(network.landmarks),
    heatmapSigma: 1,
    training: { recipe: '{}', steps: 0, seed: 1, data: 'none' },
    metrics: {},
    software: '0'
  })
  return encodeModel(metadata, initialValues(networkParameters(network), 1), storage)
}

/** A noisy image and what otomark says to it, lowered as it runs a model. */
async function predictionFor(file: string): Promise<Uint8Array> {
  const { metadata, weights } = decodeModel(await readFile(file), file)
  const { network, grid } = metadata
  const dims = tensorShape(network.inputChannels, grid.size)
  const random = createRandom(1)
  const image = { dims, data: Float32Array.from({ length: elementCount(dims) }, () => random.uniform(-1, 1)) }
  const graph = lower(buildNetwork(network, grid.size, weights), await nodeRuntime.target())
  const session = await nodeRuntime.open(encodeGraph(graph))
  const outputs = await session.run({ [imageName]: image }).finally(() => session.release())
  return encodeSafetensors({ tensors: new Map(Object.entries({ [imageName]: image, ...outputs })), metadata: {} })
}
