import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { buildNetwork, networkParameters, tensorShape } from '../../src/network/build-network.ts'
import { networkConfiguration } from '../../src/network/configuration.ts'
import { isTrained, type Parameter } from '../../src/network/parameters.ts'
import { encodeGraph } from '../../src/onnx/encode.ts'
import { elementCount } from '../../src/onnx/shape.ts'
import { nodeRuntime } from '../../src/runtime/node.ts'
import type { Tensor } from '../../src/runtime/session.ts'

/** What bench/peers/network_golden.py writes. */
const golden = z.object({
  cases: z.array(
    z.object({
      name: z.string(),
      network: networkConfiguration,
      size: z.tuple([z.number(), z.number(), z.number()]),
      parameters: z.number(),
      labels: z.array(z.number()),
      landmarks: z.array(z.number())
    })
  )
})
const path = new URL('../golden/network/variations.json', import.meta.url)
const { cases } = golden.parse(JSON.parse(await readFile(path, 'utf8')))

/** Middle and reach of the numbers that stand in for trained ones. */
const spans = {
  weight: [0, 1],
  head: [0, 1],
  scale: [1, 0.3],
  bias: [0, 0.2],
  slope: [0.25, 0.1],
  mean: [0, 0.1],
  variance: [1, 0.5]
} as const

/** The numbers the peer's script fills the same parameter with. */
function filled({ name, shape, role }: Parameter): Tensor {
  const [middle, reach] = spans[role]
  const phase = [...new TextEncoder().encode(name)].reduce((sum, byte) => sum + byte, 0)
  const size = role === 'weight' || role === 'head' ? Math.sqrt(4 / elementCount(shape.slice(1))) : 1
  const wave = (_: unknown, n: number): number => middle + reach * size * Math.sin(phase + 0.7 * n)
  return { dims: shape, data: Float32Array.from({ length: elementCount(shape) }, wave) }
}

it.each(cases)('the network "$name" has the parameters and the outputs it has in PyTorch', async (peer) => {
  const parameters = networkParameters(peer.network)
  const count = parameters.filter(isTrained).reduce((sum, { shape }) => sum + elementCount(shape), 0)
  expect(count).toBe(peer.parameters)

  const weights = new Map(parameters.map((parameter) => [parameter.name, filled(parameter)]))
  const session = await nodeRuntime.open(encodeGraph(buildNetwork(peer.network, peer.size, weights)), { threads: 1 })
  const dims = tensorShape(1, peer.size)
  const image = { dims, data: Float32Array.from({ length: elementCount(dims) }, (_, n) => Math.sin(n)) }
  const answer = await session.run({ image }).finally(() => session.release())
  for (const name of ['labels', 'landmarks'] as const) {
    const data = answer[name]?.data ?? expect.unreachable()
    expect(data.length).toBe(peer[name].length)
    const size = Math.max(...peer[name].map(Math.abs))
    expect(size).toBeGreaterThan(0.1)
    expect(Math.max(...peer[name].map((x, at) => Math.abs(x - (data[at] as number))))).toBeLessThan(2e-5 * size)
  }
})
