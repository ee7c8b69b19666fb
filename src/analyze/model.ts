import type { Volume } from '../core/volume.ts'
import type { ModelMetadata } from '../network/model-file.ts'
import type { Prediction } from './predict/prediction.ts'

/** A network ready to run, and what its file says of it. */
export interface Network {
  /** The file it came from, as the user would name it. */
  readonly source: string
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string
  readonly metadata: ModelMetadata
  /** How many threads it was given, or how many processors there are; undefined on a graphics card. */
  readonly threads?: number | undefined
  /** @param image Hounsfield units on a grid of the network's own size and spacing */
  predict(image: Volume<Float32Array>): Promise<Prediction>
  /** Frees the network; it cannot be run afterwards. */
  close(): Promise<void>
}

/** The two networks that together analyse a scan. */
export interface Model {
  /** Slides over a whole scan and says where ears may be. */
  readonly detector: Network
  /** Segments and marks one ear in its own frame. */
  readonly segmenter: Network
}
