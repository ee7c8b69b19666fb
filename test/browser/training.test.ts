import { expect, it } from 'vitest'
import { commands } from 'vitest/browser'
import { trainingLosses } from '../conformance/training.ts'
import { openRuntime } from './web-runtime.ts'

const steps = 4

it.each(['wasm', 'webgpu'] as const)(
  'training on %s gives the losses of the CPU to four decimals',
  async (provider) => {
    const losses = await trainingLosses(await openRuntime(provider), steps)
    const expected = await commands.cpuLosses(steps)
    for (const [step, loss] of expected.entries()) expect(losses[step]).toBeCloseTo(loss, 4)
    expect(losses.at(-1)).toBeLessThan(losses[0] as number)
  }
)
