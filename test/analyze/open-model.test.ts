import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { closeModel, openModel } from '../../src/analyze/open-model.ts'
import { ResourceError } from '../../src/core/errors.ts'
import { geometryAround } from '../../src/core/geometry/geometry.ts'
import { createRandom } from '../../src/core/math/random.ts'
import { identity3 } from '../../src/core/math/vector.ts'
import { networkParameters } from '../../src/network/build-network.ts'
import { encodeModel, type ModelMetadata } from '../../src/network/model-file.ts'
import type { Runtime, Session, Tensor } from '../../src/runtime/session.ts'
import { expectFailure } from '../support/expect-error.ts'
import { detectorMetadata, segmenterMetadata } from './analytic-network.ts'

const small = { ...detectorMetadata.network, levels: 1, features: 1, convolutionsPerLevel: 1 }
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

const detector = file(detectorMetadata, 'detector.onnx')
const segmenter = file(segmenterMetadata, 'segmenter.onnx')

/** Answers every image with itself, scaled by one more for each channel; counts the sessions that are open. */
function echoRuntime(outputNames = ['labels', 'landmarks']): Runtime & { opened: number } {
  const runtime: Runtime & { opened: number } = {
    name: 'echo',
    target: async () => ({ provider: 'cpu' }),
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
    const model = await openModel({ detector, segmenter }, runtime)
    expect(model.detector.metadata.name).toBe('analytic detector')
    expect(model.segmenter.sha256).toBe(createHash('sha256').update(segmenter.bytes).digest('hex'))
    expect(runtime.opened).toBe(2)
    await closeModel(model)
    expect(runtime.opened).toBe(0)
  })

  it('closes a model once, and says of one that was closed what to do', async () => {
    const runtime = echoRuntime()
    const model = await openModel({ detector, segmenter }, runtime)
    await Promise.all([closeModel(model), closeModel(model)])
    expect(runtime.opened).toBe(0)
    const image = { geometry: geometryAround([0, 0, 0], size, [1, 1, 1], identity3), data: new Float32Array(24) }
    await expectFailure(model.detector.predict(image), {
      name: 'UsageError',
      exitCode: 2,
      says: /detector\.onnx: .*closed; open it again/
    })
  })

  it.each([0, -1, 1.5, Number.NaN])('refuses %s threads', async (threads) => {
    const opened = openModel({ detector, segmenter }, echoRuntime(), { threads })
    await expectFailure(opened, { name: 'UsageError', exitCode: 2, says: /threads: .* give a whole number above 0/ })
  })

  it('maps Hounsfield units through the window and gives logits against the background', async () => {
    const model = await openModel({ detector, segmenter }, echoRuntime())
    const geometry = geometryAround([0, 0, 0], size, [1, 1, 1], identity3)
    const data = new Float32Array(24)
    // The window is −1000 to 3000.
    data.set([-2000, -1000, 1000, 2000, 3000, 9000])
    const { logits, heatmaps } = await model.detector.predict({ geometry, data })
    const seen = [-1, -1, 0, 0.5, 1, 1]
    const first = (map: Float32Array | undefined): number[] => [...(map ?? [])].slice(0, 6)
    expect(first(heatmaps[2])).toEqual(seen.map((value) => 3 * value))
    expect(first(logits[0])).toEqual(seen)
    expect(first(logits[2])).toEqual(seen.map((value) => 3 * value))
  })

  it.each([
    [
      'the files are swapped',
      { detector: segmenter, segmenter: detector },
      /segmenter\.onnx: its role should be "detector"/
    ],
    [
      'a file is damaged',
      { detector: { ...detector, bytes: detector.bytes.subarray(0, 40) }, segmenter },
      /detector\.onnx: /
    ],
    [
      'the labels are others',
      { detector: file({ ...detectorMetadata, labels: ['background', 'a', 'b', 'c'] }, 'x.onnx'), segmenter },
      /x\.onnx: its labels should be "background, cochlea, vestibule, semicircular_canals" but is "background, a, b, c"/
    ],
    [
      'the landmarks come in another order',
      {
        detector,
        segmenter: file({ ...segmenterMetadata, landmarks: ['oval_window', 'round_window', 'helicotrema'] }, 'x.onnx')
      },
      /x\.onnx: its landmarks should be/
    ],
    [
      'the network wants images of two channels',
      { detector: file(detectorMetadata, 'x.onnx', { ...small, inputChannels: 2 }), segmenter },
      /x\.onnx: its image channels should be "1" but is "2"/
    ],
    [
      'the grid follows other axes',
      {
        detector,
        segmenter: file({ ...segmenterMetadata, grid: { ...segmenterMetadata.grid, frame: 'LPS' } }, 'x.onnx')
      },
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
    await expect(openModel({ detector, segmenter }, headless)).rejects.toThrow(/detector\.onnx: its graph lacks/)
    expect(headless.opened).toBe(0)
    const broken: Runtime = {
      name: 'broken',
      target: async () => ({ provider: 'cpu' }),
      open: () => Promise.reject(new Error('no kernel'))
    }
    await expect(openModel({ detector, segmenter }, broken)).rejects.toThrow(
      /detector\.onnx: broken cannot run this model/
    )
    const lacking: Runtime = { ...broken, open: () => Promise.reject(new ResourceError('no graphics adapter')) }
    await expect(openModel({ detector, segmenter }, lacking)).rejects.toThrow(/^no graphics adapter$/)
  })
})
