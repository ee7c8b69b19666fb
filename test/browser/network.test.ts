import { describe, expect, it } from 'vitest'
import { commands } from 'vitest/browser'
import { modelOutput } from '../conformance/model-output.ts'
import { openRuntime } from './web-runtime.ts'

/** Largest difference from the CPU's output, as a share of the output's largest number. */
const tolerance = 1e-5

// WebGPU in software takes half a minute for each; its operators and training steps are compared one by one.
describe('a model file gives the same outputs on wasm as on the CPU', async () => {
  const runtime = await openRuntime('wasm')

  it.each(['detector', 'segmenter'])('the default %s', async (name) => {
    const path = `models/default/${name}.onnx`
    const file = await fetch(`/${path}`).then((response) => response.arrayBuffer())
    const found = await modelOutput(runtime, new Uint8Array(file))
    const expected = await commands.cpuAnswer(path)
    expect(Object.keys(found)).toEqual(Object.keys(expected))
    for (const [output, numbers] of Object.entries(expected)) {
      const size = numbers.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
      const differences = numbers.map((x, at) => Math.abs(x - (found[output]?.[at] ?? Number.NaN)) / size)
      expect(differences.filter((difference) => !(difference < tolerance))).toEqual([])
    }
  })
})
