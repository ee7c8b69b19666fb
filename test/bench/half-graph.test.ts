import { expect, it } from 'vitest'
import { inHalfPrecision } from '../../bench/half-graph.ts'
import { createRandom } from '../../src/core/math/random.ts'
import { buildNetwork, imageName, networkParameters } from '../../src/network/build-network.ts'
import { networkConfiguration } from '../../src/network/configuration.ts'
import { initialValues } from '../../src/network/parameters.ts'
import { decodeModelProto } from '../../src/onnx/decode.ts'
import { encodeGraph } from '../../src/onnx/encode.ts'
import { nodeRuntime } from '../../src/runtime/node.ts'

it('a network in half precision gives the outputs of single precision to its three digits, and not the same', async () => {
  const network = networkConfiguration.parse({ levels: 2, features: 4 })
  const single = encodeGraph(buildNetwork(network, [8, 8, 8], initialValues(networkParameters(network), 1)))
  const half = inHalfPrecision(single)
  expect(half.length).toBeLessThan(single.length)
  expect([...decodeModelProto(half).tensors.keys()]).toEqual([...decodeModelProto(single).tensors.keys()])

  const random = createRandom(1)
  const image = { dims: [1, 1, 8, 8, 8], data: Float32Array.from({ length: 512 }, () => random.uniform()) }
  const answers = []
  for (const model of [single, half]) {
    const session = await nodeRuntime.open(model, { threads: 1 })
    answers.push(await session.run({ [imageName]: image }))
    await session.release()
  }
  const [expected, found] = answers
  for (const [name, { dims, data }] of Object.entries(expected ?? {})) {
    expect(found?.[name]?.dims).toEqual(dims)
    const size = data.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
    const worst = data.reduce((most, x, at) => Math.max(most, Math.abs(x - (found?.[name]?.data[at] ?? Number.NaN))), 0)
    expect(worst).toBeLessThan(0.01 * size)
    expect(worst).toBeGreaterThan(1e-6 * size)
  }
})
