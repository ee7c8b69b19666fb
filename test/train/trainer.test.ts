import { describe, expect, it } from 'vitest'
import { OtomarkError, UsageError } from '../../src/core/errors.ts'
import { createRandom } from '../../src/core/math/random.ts'
import type { Vector3 } from '../../src/core/math/vector.ts'
import { type NetworkConfigurationInput, networkConfiguration } from '../../src/network/configuration.ts'
import { encodeGraph } from '../../src/onnx/encode.ts'
import { elementCount } from '../../src/onnx/shape.ts'
import { nodeRuntime } from '../../src/runtime/node.ts'
import type { Tensor } from '../../src/runtime/session.ts'
import { lossConfiguration } from '../../src/train/losses/configuration.ts'
import { optimizerConfiguration } from '../../src/train/optimizers/configuration.ts'
import { buildTrainingStep } from '../../src/train/step.ts'
import { createTrainer, type Trainer, type TrainingSample } from '../../src/train/trainer.ts'
import type { TrainerState } from '../../src/train/trainer-state.ts'
import { tensor } from '../support/run-graph.ts'

const size: Vector3 = [8, 4, 12]
const grid = [size[2], size[1], size[0]]
const voxels = elementCount(grid)

/** A bright box in noise: its voxels are class 1, its middle the landmark. */
function boxSample(seed: number): TrainingSample {
  const random = createRandom(seed)
  const inside = Array.from({ length: voxels }, (_, at) => {
    const [i, j, k] = [at % size[0], Math.floor(at / size[0]) % size[1], Math.floor(at / (size[0] * size[1]))]
    return i >= 2 && i < 6 && j >= 1 && j < 3 && k >= 3 && k < 8
  })
  const heat = Array.from({ length: voxels }, (_, at) => {
    const [i, j, k] = [at % size[0], Math.floor(at / size[0]) % size[1], Math.floor(at / (size[0] * size[1]))]
    return Math.exp(-((i - 3.5) ** 2 + (j - 1.5) ** 2 + (k - 5) ** 2) / 4)
  })
  return {
    image: tensor(
      [1, 1, ...grid],
      inside.map((is) => random.normal(is ? 0.6 : -0.4, 0.2))
    ),
    labels: tensor([1, 2, ...grid], [...inside.map((is) => (is ? 0 : 1)), ...inside.map((is) => (is ? 1 : 0))]),
    heatmaps: tensor([1, 1, ...grid], heat),
    landmarkMask: tensor([1, 1, 1, 1, 1], [1])
  }
}

function options(network: NetworkConfigurationInput = {}, seed = 1) {
  return {
    network: networkConfiguration.parse({ levels: 3, features: 4, groups: 2, classes: 2, landmarks: 1, ...network }),
    grid: { size },
    loss: lossConfiguration.parse({ labels: { classWeights: [1, 4] } }),
    optimizer: optimizerConfiguration.parse({}),
    seed,
    threads: 2
  }
}

async function withTrainer<T>(use: (trainer: Trainer) => Promise<T>, network?: NetworkConfigurationInput): Promise<T> {
  const trainer = await createTrainer(options(network), nodeRuntime)
  try {
    return await use(trainer)
  } finally {
    await trainer.release()
  }
}

async function losses(trainer: Trainer, steps: number): Promise<number[]> {
  const result: number[] = []
  for (let n = 0; n < steps; n++) result.push((await trainer.step(boxSample(n), 5e-3)).loss)
  return result
}

describe('a training step', () => {
  // Pooling has kinks: where a step makes another voxel the maximum, the difference is only near the derivative.
  const precision = [
    { levels: 1, median: 2e-3, worst: 3e-2 },
    { levels: 3, median: 2e-2, worst: 0.25 }
  ]
  it.each(precision)(
    'has the gradient that finite differences give, $levels levels',
    async ({ levels, median, worst }) => {
      const random = createRandom(2)
      const { network, loss } = options({ levels })
      // With β₁ = 0 and no limit the first moment after a step is the gradient itself.
      const optimizer = optimizerConfiguration.parse({ beta1: 0, clipNorm: 1e9 })
      const plan = buildTrainingStep({ network, size, loss, optimizer })
      const session = await nodeRuntime.open(encodeGraph(plan.graph), { threads: 1 })
      const sample = boxSample(1) as Required<TrainingSample>
      const start = Float32Array.from({ length: plan.count }, () => random.normal(0, 0.3))
      const run = (parameters: Float32Array): Promise<Record<string, Tensor>> =>
        session.run({
          image: sample.image,
          labels: sample.labels,
          label_mask: tensor([], [1]),
          heatmaps: sample.heatmaps,
          landmark_mask: sample.landmarkMask,
          learning_rate: tensor([], [0]),
          bias_correction1: tensor([], [1]),
          bias_correction2: tensor([], [1]),
          parameters: tensor([plan.count], parameters),
          moment1: tensor([plan.count], new Float32Array(plan.count)),
          moment2: tensor([plan.count], new Float32Array(plan.count))
        })
      const gradient = (await run(start)).next_moment1?.data as Float32Array
      const deviations: number[] = []
      let first = 0
      for (const { shape } of plan.parameters) {
        const end = first + elementCount(shape)
        const own = gradient.subarray(first, end)
        const length = Math.hypot(...own)
        // Along the gradient of this one parameter the loss must change at the rate of the gradient's length.
        const moved = (step: number): Float32Array =>
          start.map((p, n) => (n >= first && n < end ? p + (step * (gradient[n] as number)) / length : p))
        const lossAt = async (step: number): Promise<number> => (await run(moved(step))).loss?.data[0] as number
        const step = 2e-3
        const measured = ((await lossAt(step)) - (await lossAt(-step))) / (2 * step)
        deviations.push(Math.abs(measured / length - 1))
        first = end
      }
      deviations.sort((a, b) => a - b)
      expect(deviations[Math.floor(deviations.length / 2)]).toBeLessThan(median)
      expect(deviations.at(-1)).toBeLessThan(worst)
      await session.release()
    }
  )

  it('refuses a network without a head', () => {
    const { network, loss, optimizer } = options({ classes: 0, landmarks: 0 })
    expect(() => buildTrainingStep({ network, size, loss, optimizer })).toThrow(UsageError)
  })

  it('refuses a grid that the network cannot halve', () => {
    const { network, loss, optimizer } = options()
    expect(() => buildTrainingStep({ network, size: [8, 8, 10], loss, optimizer })).toThrow('multiples of 4')
  })
})

describe('what a step carries along', () => {
  const state = (trainer: Trainer): Promise<TrainerState> => Promise.resolve(trainer.state())

  it('of several samples is one of their mean gradient', async () => {
    const plain = {
      optimizer: optimizerConfiguration.parse({ kind: 'sgd', momentum: 0, nesterov: false, clipNorm: 1e9 })
    }
    const alone = async (sample: TrainingSample): Promise<TrainerState> => {
      const trainer = await createTrainer({ ...options(), ...plain }, nodeRuntime)
      await trainer.step(sample, 0.1)
      return state(trainer).finally(() => trainer.release())
    }
    const samples = [boxSample(1), boxSample(2), boxSample(3)]
    const each = await Promise.all(samples.map(alone))
    const together = await createTrainer({ ...options(), ...plain, accumulation: 3 }, nodeRuntime)
    await together.step(samples, 0.1)
    for (const [name, { data }] of together.state()) {
      const mean = data.map((_, n) => each.reduce((sum, one) => sum + (one.get(name)?.data[n] as number), 0) / 3)
      const worst = data.reduce((most, x, n) => Math.max(most, Math.abs(x - (mean[n] as number))), 0)
      expect(worst).toBeLessThan(2e-6)
    }
    await expect(together.step(samples.slice(1), 0.1)).rejects.toThrow('a step of 3 samples was given 2')
    await together.release()
  })

  const features: NetworkConfigurationInput[] = [
    { dropout: 0.5 },
    { normalization: 'batch' },
    { deepSupervision: 1 },
    { labelHead: 'sigmoid' }
  ]
  it.each(features)('is the same after a restart with %o', async (network) => {
    const run = (from: TrainerState | undefined, first: number): Promise<TrainerState> =>
      withTrainer(async (trainer) => {
        if (from !== undefined) trainer.restore(from, first)
        for (let n = first; n < first + 2; n++) await trainer.step(boxSample(1), 5e-3)
        return trainer.state()
      }, network)
    const half = await run(undefined, 0)
    const resumed = await run(half, 2)
    const whole = await withTrainer(async (trainer) => {
      for (let n = 0; n < 4; n++) await trainer.step(boxSample(1), 5e-3)
      return trainer.state()
    }, network)
    expect(resumed).toEqual(whole)
  })

  it('are the running statistics of batch normalization, which the model takes along', async () => {
    await withTrainer(
      async (trainer) => {
        const before = trainer.weights()
        await trainer.step(boxSample(1), 1e-9)
        const moved = [...trainer.weights()].filter(
          ([name, { data }]) => name.endsWith('.variance') && data.some((x, n) => x !== before.get(name)?.data[n])
        )
        expect(moved.length).toBeGreaterThan(0)
      },
      { normalization: 'batch' }
    )
  })

  it('is a log-variance of each task where uncertainty couples them, which is no weight of the model', async () => {
    const loss = lossConfiguration.parse({ labels: { classWeights: [1, 4] }, coupling: { kind: 'uncertainty' } })
    const trainer = await createTrainer({ ...options(), loss }, nodeRuntime)
    const { loss: whole, lossLabels, lossLandmarks } = await trainer.step(boxSample(1), 1e-2)
    expect(whole).toBeCloseTo(lossLabels + lossLandmarks, 5)
    const [labels, landmarks] = ['labels', 'landmarks'].map(
      (task) => trainer.state().get(`parameter.coupling.${task}.log_variance`)?.data[0] as number
    )
    // The slopes at s = 0 are ½ − L and ½ − L / 2: a loss above ½ makes a task more uncertain.
    expect(Math.sign(labels as number)).toBe(Math.sign(lossLabels - 0.5))
    expect(Math.sign(landmarks as number)).toBe(Math.sign(lossLandmarks - 0.5))
    expect([...trainer.weights().keys()].filter((name) => name.startsWith('coupling'))).toEqual([])
    await trainer.release()
  })

  it('is left as it is by a sample of which nothing is known', async () => {
    const loss = lossConfiguration.parse({ labels: { classWeights: [1, 4] }, coupling: { kind: 'uncertainty' } })
    const trainer = await createTrainer({ ...options(), loss }, nodeRuntime)
    const unknown = { ...boxSample(1), labelMask: tensor([], [0]), landmarkMask: tensor([1, 1, 1, 1, 1], [0]) }
    expect(await trainer.step(unknown, 1e-2)).toMatchObject({ loss: 0, gradientNorm: 0 })
    for (const task of ['labels', 'landmarks']) {
      expect(trainer.state().get(`parameter.coupling.${task}.log_variance`)?.data).toEqual(Float32Array.of(0))
    }
    await trainer.release()
  })
})

describe('a trainer', () => {
  const variants: NetworkConfigurationInput[] = [
    {},
    { normalization: 'group', activation: 'relu', upsampling: 'nearest' },
    { normalization: 'none', upsampling: 'linear', levels: 2 },
    { kernel: 5, levels: 2, convolutionsPerLevel: 1 }
  ]
  it.each(variants)('learns a box and its middle with %o', async (network) => {
    await withTrainer(async (trainer) => {
      const all = await losses(trainer, 40)
      expect(all.at(-1)).toBeLessThan(0.5 * (all[0] as number))
    }, network)
  })

  it('learns with the label head alone', async () => {
    await withTrainer(
      async (trainer) => {
        const { image, labels } = boxSample(1)
        const result = await trainer.step({ image, ...(labels && { labels }) }, 1e-3)
        expect(result.lossLandmarks).toBe(0)
        expect(result.loss).toBeCloseTo(result.lossLabels, 6)
      },
      { landmarks: 0 }
    )
  })

  it('learns with the landmark head alone', async () => {
    await withTrainer(
      async (trainer) => {
        const result = await trainer.step(boxSample(1), 1e-3)
        expect(result.lossLabels).toBe(0)
        expect(result.loss).toBeCloseTo(result.lossLandmarks, 6)
      },
      { classes: 0 }
    )
  })

  it('gives the same bits again, and after a restart from its state', async () => {
    const whole = await withTrainer(async (trainer) => {
      await losses(trainer, 6)
      return trainer.state()
    })
    const half = await withTrainer(async (trainer) => {
      await losses(trainer, 3)
      return trainer.state()
    })
    const resumed = await withTrainer(async (trainer) => {
      trainer.restore(half, 3)
      expect(trainer.stepCount).toBe(3)
      for (let n = 3; n < 6; n++) await trainer.step(boxSample(n), 5e-3)
      return trainer.state()
    })
    expect(resumed).toEqual(whole)
    expect(resumed).not.toEqual(half)
  })

  it('does not take a step whose loss is not a number', async () => {
    await withTrainer(async (trainer) => {
      const before = trainer.state()
      const image = tensor([1, 1, ...grid], new Float32Array(voxels).fill(Number.NaN))
      const sample = { ...boxSample(1), image, origin: 'seed 3, case 7' }
      await expect(trainer.step(sample, 1e-3)).rejects.toThrow(OtomarkError)
      await expect(trainer.step(sample, 1e-3)).rejects.toThrow('training step 1 (seed 3, case 7): the loss is not')
      expect(trainer.stepCount).toBe(0)
      expect(trainer.state()).toEqual(before)
    })
  })

  it('refuses the state of another network', async () => {
    const other = await withTrainer(async (trainer) => trainer.state(), { features: 2 })
    await withTrainer(async (trainer) => {
      expect(() => trainer.restore(other, 1)).toThrow('encoder.0.0.weight')
    })
  })

  it('says which part of a sample is missing', async () => {
    await withTrainer(async (trainer) => {
      await expect(trainer.step({ image: boxSample(1).image }, 1e-3)).rejects.toThrow('lacks labels')
    })
  })
})
