/**
 * Writes models of a few small configurations, in single and half precision, and holds them and the shipped ones against
 * ONNX's checker, Python's ONNX Runtime and ONNX's reference: `OTOMARK_PEER_PYTHON=… npx tsx bench/onnx-check.ts`.
 */
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { z } from 'zod'
import { networkParameters } from '../src/network/build-network.ts'
import { networkConfiguration } from '../src/network/configuration.ts'
import { encodeModel, modelMetadata } from '../src/network/model-file.ts'
import { initialValues } from '../src/network/parameters.ts'

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
  const files: string[] = []
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
  const shipped = ['finder', 'outliner'].map((name) => `models/default/${name}.onnx`)
  const { status, error } = spawnSync(python, ['bench/peers/onnx_check.py', ...files, ...shipped], { stdio: 'inherit' })
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
    role: 'outliner',
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
