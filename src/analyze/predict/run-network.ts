import { parts } from '../../core/anatomy.ts'
import { networkGreys } from '../../core/image/grey-window.ts'
import type { Volume } from '../../core/volume.ts'
import type { ModelMetadata } from '../../network/model-file.ts'
import type { Session } from '../../runtime/session.ts'
import type { Prediction } from './prediction.ts'

/**
 * Runs a network's graph on one image.
 * @param image Hounsfield units on a grid of the network's size; the model's window maps them to −1…1
 */
export async function runNetwork(
  session: Session,
  metadata: ModelMetadata,
  { geometry, data }: Volume<Float32Array>
): Promise<Prediction> {
  const [width, height, depth] = geometry.size
  const image = { dims: [1, 1, depth, height, width], data: networkGreys(data, metadata.window) }
  const { labels, landmarks } = await session.run({ image }, ['labels', 'landmarks'])
  if (labels === undefined || landmarks === undefined) throw new Error('the graph has no labels or no landmarks')
  const channel = (maps: Float32Array, n: number): Float32Array => maps.subarray(n * data.length, (n + 1) * data.length)
  const background = channel(labels.data, 0)
  return {
    geometry,
    logits: parts.map(({ label }) => difference(channel(labels.data, label), background)),
    heatmaps: metadata.landmarks.map((_, n) => channel(landmarks.data, n))
  }
}

function difference(a: Float32Array, b: Float32Array): Float32Array {
  const result = new Float32Array(a.length)
  for (let at = 0; at < a.length; at++) result[at] = (a[at] as number) - (b[at] as number)
  return result
}
