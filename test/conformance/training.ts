import { createRandom } from '../../src/core/math/random.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
import { tensorShape } from '../../src/network/build-network.ts'
import { networkConfiguration } from '../../src/network/configuration.ts'
import { elementCount } from '../../src/onnx/shape.ts'
import type { Runtime, Tensor } from '../../src/runtime/session.ts'
import { lossConfiguration } from '../../src/train/losses/configuration.ts'
import { optimizerConfiguration } from '../../src/train/optimizers/configuration.ts'
import { createTrainer } from '../../src/train/trainer.ts'

/** Voxels along i, j, k. */
const size: Vector3 = [8, 8, 8]
const seed = 5
const network = networkConfiguration.parse({ levels: 3, features: 4, groups: 2, landmarks: 1 })

/** The losses of the first steps of a small network, which learns to tell the bright half of a noisy box. */
export async function trainingLosses(runtime: Runtime, steps: number): Promise<number[]> {
  const trainer = await createTrainer(
    {
      network,
      grid: { size },
      loss: lossConfiguration.parse({}),
      optimizer: optimizerConfiguration.parse({}),
      seed
    },
    runtime
  )
  const losses: number[] = []
  try {
    for (let step = 0; step < steps; step++) losses.push((await trainer.step(sample(step), 5e-3)).loss)
  } finally {
    await trainer.release()
  }
  return losses
}

function sample(stream: number) {
  const random = createRandom(seed, stream)
  const bright = (i: number): boolean => i >= size[0] / 2
  const filled = (channels: number, number: (i: number, channel: number) => number): Tensor => {
    const dims = tensorShape(channels, size)
    const voxels = elementCount(size)
    const data = Float32Array.from({ length: elementCount(dims) }, (_, at) =>
      number(at % size[0], Math.floor(at / voxels))
    )
    return { dims, data }
  }
  return {
    image: filled(1, (i) => random.normal(bright(i) ? 0.5 : -0.5, 0.3)),
    labels: filled(network.classes, (i, channel) => (channel === (bright(i) ? 1 : 0) ? 1 : 0)),
    heatmaps: filled(1, (i) => Math.exp(-((i - size[0] / 2) ** 2) / 4)),
    landmarkMask: { dims: [1, 1, 1, 1, 1], data: Float32Array.of(1) }
  }
}
