import { mkdirSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { encodeGraph } from '../../src/onnx/encode.ts'
import { Graph } from '../../src/onnx/graph.ts'
import { relu } from '../../src/onnx/operators/activation.ts'
import { nodeRuntime } from '../../src/runtime/node.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

afterAll(() => vi.unstubAllEnvs())

// ONNX Runtime decides once per process, when its first session opens; each test file has a process of its own.
const temporary = join(scratchFolder(), 'temporary')

test("ONNX Runtime's telemetry, which would begin a session file in the temporary folder, stays off", async () => {
  mkdirSync(temporary)
  vi.stubEnv('TMPDIR', temporary)
  const graph = new Graph()
  graph.output('y', relu(graph, graph.input('x', [1])))
  const session = await nodeRuntime.open(encodeGraph(graph))
  expect((await session.run({ x: { dims: [1], data: Float32Array.of(-1) } })).y?.data[0]).toBe(0)
  await session.release()
  expect(await readdir(temporary)).toEqual([])
})
