import { expect, test } from 'vitest'
import type { Vector3 } from '../../src/core/math/vector.ts'
import { networkConfiguration } from '../../src/network/configuration.ts'
import { countOperations } from '../../src/onnx/count-operations.ts'
import { lossConfiguration } from '../../src/train/losses/configuration.ts'
import { optimizerConfiguration } from '../../src/train/optimizers/configuration.ts'
import { buildTrainingStep } from '../../src/train/step.ts'

function operationsOfStep(network: object, size: Vector3, accumulation = 1): number {
  const [loss, optimizer] = [lossConfiguration.parse({}), optimizerConfiguration.parse({})]
  const options = { network: networkConfiguration.parse(network), size, loss, optimizer, accumulation }
  return countOperations(buildTrainingStep(options).graph)
}

test('a step of a small network is what its convolutions come to by hand', () => {
  const voxels = 12 * 16 * 8
  // Two for each product: kernel, channels in, channels out, voxels.
  const forward = (kernel: number, inputs: number, outputs: number, grid: number) =>
    2 * kernel ** 3 * inputs * outputs * grid
  const first = forward(3, 1, 2, voxels)
  const others = [
    forward(3, 2, 2, voxels),
    forward(3, 2, 4, voxels / 8),
    forward(3, 4, 4, voxels / 8),
    // The transposed convolution, counted where it begins.
    forward(2, 4, 2, voxels / 8),
    forward(3, 4, 2, voxels),
    forward(3, 2, 2, voxels),
    forward(1, 2, 4, voxels),
    forward(1, 2, 3, voxels)
  ].reduce((sum, each) => sum + each)
  // The gradients of weights and of inputs are as much again each; the image needs none.
  expect(operationsOfStep({ levels: 2, features: 2 }, [12, 16, 8])).toBe(2 * first + 3 * others)
})

test('steps of larger networks are what PyTorch counts, forwards and backwards', () => {
  // torch.utils.flop_counter.FlopCounterMode over the network of bench/peers/unet_torch.py, PyTorch 2.
  expect(operationsOfStep({ levels: 4, features: 12 }, [56, 64, 64])).toBe(41_572_564_992)
  expect(operationsOfStep({ levels: 4, features: 16 }, [64, 64, 64])).toBe(84_255_178_752)
})
