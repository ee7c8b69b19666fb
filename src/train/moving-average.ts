import type { Tensor } from '../runtime/session.ts'

/** An exponential moving average of the weights: a smoother, usually better network than the last step's. */
export interface MovingAverage {
  /** Takes in the weights after `step` steps. */
  add(weights: ReadonlyMap<string, Tensor>, step: number): void
  weights(): ReadonlyMap<string, Tensor>
}

/**
 * average ← d · average + (1 − d) · weights with d = min(decay, step / (step + 9)), so that the first steps are soon
 * forgotten (as `num_updates` in TensorFlow's ExponentialMovingAverage).
 * @param start the average to go on from; its arrays are taken over and changed
 */
export function createMovingAverage(decay: number, start: ReadonlyMap<string, Tensor>): MovingAverage {
  return {
    add(weights, step) {
      const share = 1 - Math.min(decay, step / (step + 9))
      for (const [name, { data }] of weights) {
        const average = start.get(name)?.data
        if (average === undefined) throw new RangeError(`no average is kept of the weight ${name}`)
        for (let at = 0; at < data.length; at++) {
          const old = average[at] as number
          average[at] = old + share * ((data[at] as number) - old)
        }
      }
    },
    weights: () => start
  }
}

/** The same tensors in arrays of their own. */
export function copyTensors(tensors: ReadonlyMap<string, Tensor>): Map<string, Tensor> {
  return new Map([...tensors].map(([name, { dims, data }]) => [name, { dims, data: data.slice() }]))
}
