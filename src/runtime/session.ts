import type { Target } from '../onnx/lowering/rewrite.ts'

/** A dense tensor, row-major (the last dimension runs fastest). */
export interface Tensor {
  readonly dims: readonly number[]
  readonly data: Float32Array
}

/** A loaded ONNX graph that can be run. */
export interface Session {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  /**
   * Runs the graph once.
   * @param feeds one tensor for each input
   * @param fetches names of the outputs wanted; all of them when left out
   */
  run(feeds: Readonly<Record<string, Tensor>>, fetches?: readonly string[]): Promise<Record<string, Tensor>>
  /** Frees the graph; the session cannot be run afterwards. */
  release(): Promise<void>
}

export interface SessionOptions {
  /** Threads for one operator; the machine's cores when left out. */
  readonly threads?: number
  /** Keep working memory between runs: faster where many follow, at the price of more of it. Off when left out. */
  readonly keepMemory?: boolean
  /**
   * Run the nodes as they are written, where the runtime can: ONNX Runtime's own rewrites move them about, and with them
   * the time for which results are kept. Off when left out.
   */
  readonly asWritten?: boolean
}

/** A way to run ONNX graphs: one per platform and provider, all held to the same conformance suite. */
export interface Runtime {
  readonly name: string
  /** How many threads a session opened so is given, or how many processors there are; undefined on a graphics card. */
  threadsOf?(options: SessionOptions): number | undefined
  /** What a graph is lowered for before it is opened; the first call may have to look at the machine. */
  target(): Promise<Target>
  open(model: Uint8Array, options?: SessionOptions): Promise<Session>
}
