import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { closeModel, openModel } from '../../src/analyze/open-model.ts'
import { ResourceError } from '../../src/core/errors.ts'
import { geometryAround } from '../../src/core/geometry.ts'
import { createRandom } from '../../src/core/random.ts'
import { identity3 } from '../../src/core/vector.ts'
import { networkParameters } from '../../src/network/build-network.ts'
import { encodeModel, type ModelMetadata } from '../../src/network/model-file.ts'
import type { Runtime, Session, Tensor } from '../../src/runtime/session.ts'
import { finderMetadata, outlinerMetadata } from './analytic-network.ts'

const small = { ...finderMetadata.network, levels: 1, features: 1, convolutionsPerLevel: 1 }
const size: [number, number, number] = [4, 3, 2]

function file(metadata: ModelMetadata, source: string, network = small): { source: string; bytes: Uint8Array } {
  const description = { ...metadata, network, grid: { ...metadata.grid, size } }
  const random = createRandom(1)
  const weights = new Map(
    networkParameters(network).map(({ name, shape }): [string, Tensor] => [
      name,
      { dims: shape, data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()) }
    ])
  )
  return { source, bytes: encodeModel(description, weights) }
}

const finder = file(finderMetadata, 'finder.onnx')
const outliner = file(outlinerMetadata, 'outliner.onnx')

/** Answers every image with itself, scaled by one more for each channel; counts the sessions that are open. */
function echoRuntime(outputNames = ['labels', 'landmarks']): Runtime & { opened: number } {
  const runtime: Runtime & { opened: number } = {
    name: 'echo',
    target: { provider: 'cpu' },
    opened: 0,
    open: async (): Promise<Session> => {
      runtime.opened++
      return {
        inputNames: ['image'],
        outputNames,
        run: async ({ image }) => {
          const { dims, data } = image as Tensor
          const channels = (count: number): Tensor => ({
            dims: [1, count, ...dims.slice(2)],
            data: Float32Array.from({ length: count * data.length }, (_, at) => {
              return (1 + Math.floor(at / data.length)) * (data[at % data.length] as number)
            })
          })
          return { labels: channels(4), landmarks: channels(3) }
        },
        release: async () => {
          runtime.opened--
        }
      }
    }
  }
  return runtime
}

describe('openModel', () => {
  it('opens both networks, with their descriptions and hashes, and closes them', async () => {
    const runtime = echoRuntime()
    const model = await openModel({ finder, outliner }, runtime)
    expect(model.finder.metadata.name).toBe('analytic finder')
    expect(model.outliner.sha256).toBe(createHash('sha256').update(outliner.bytes).digest('hex'))
    expect(runtime.opened).toBe(2)
    await closeModel(model)
    expect(runtime.opened).toBe(0)
  })

  it('maps Hounsfield units through the window and gives evidence against the background', async () => {
    const model = await openModel({ finder, outliner }, echoRuntime())
    const geometry = geometryAround([0, 0, 0], size, [1, 1, 1], identity3)
    const data = new Float32Array(24)
    // The window is −1000 to 3000.
    data.set([-2000, -1000, 1000, 2000, 3000, 9000])
    const { evidence, heatmaps } = await model.finder.answer({ geometry, data })
    const seen = [-1, -1, 0, 0.5, 1, 1]
    const first = (map: Float32Array | undefined): number[] => [...(map ?? [])].slice(0, 6)
    expect(first(heatmaps[2])).toEqual(seen.map((value) => 3 * value))
    expect(first(evidence[0])).toEqual(seen)
    expect(first(evidence[2])).toEqual(seen.map((value) => 3 * value))
  })

  it.each([
    ['the files are swapped', { finder: outliner, outliner: finder }, /outliner\.onnx: its role should be "finder"/],
    ['a file is damaged', { finder: { ...finder, bytes: finder.bytes.subarray(0, 40) }, outliner }, /finder\.onnx: /],
    [
      'the labels are others',
      { finder: file({ ...finderMetadata, labels: ['background', 'a', 'b', 'c'] }, 'x.onnx'), outliner },
      /x\.onnx: its labels should be "background, cochlea, vestibule, semicircular_canals" but is "background, a, b, c"/
    ],
    [
      'the landmarks come in another order',
      {
        finder,
        outliner: file({ ...outlinerMetadata, landmarks: ['oval_window', 'round_window', 'helicotrema'] }, 'x.onnx')
      },
      /x\.onnx: its landmarks should be/
    ],
    [
      'the network wants images of two channels',
      { finder: file(finderMetadata, 'x.onnx', { ...small, inputChannels: 2 }), outliner },
      /x\.onnx: its image channels should be "1" but is "2"/
    ],
    [
      'the grid follows other axes',
      { finder, outliner: file({ ...outlinerMetadata, grid: { ...outlinerMetadata.grid, frame: 'LPS' } }, 'x.onnx') },
      /x\.onnx: its grid frame should be "ear"/
    ]
  ])('refuses a model when %s, and leaves nothing open', async (_, files, message) => {
    const runtime = echoRuntime()
    await expect(openModel(files, runtime)).rejects.toThrow(message)
    await expect(openModel(files, runtime)).rejects.toMatchObject({ name: 'ModelError', exitCode: 3 })
    expect(runtime.opened).toBe(0)
  })

  it('refuses a graph without the outputs it describes, and one that the engine cannot run', async () => {
    const headless = echoRuntime(['labels'])
    await expect(openModel({ finder, outliner }, headless)).rejects.toThrow(/finder\.onnx: its graph lacks/)
    expect(headless.opened).toBe(0)
    const broken: Runtime = {
      name: 'broken',
      target: { provider: 'cpu' },
      open: () => Promise.reject(new Error('no kernel'))
    }
    await expect(openModel({ finder, outliner }, broken)).rejects.toThrow(/finder\.onnx: broken cannot run this model/)
    const lacking: Runtime = { ...broken, open: () => Promise.reject(new ResourceError('no graphics adapter')) }
    await expect(openModel({ finder, outliner }, lacking)).rejects.toThrow(/^no graphics adapter$/)
  })
})
