import type * as node from './node.ts'

export {
  /** @deprecated Import it from `otomark/node`. */
  formatResult
} from './cli/format-result.ts'
/**
 * `otomark` as Node imports it: the library, and for one version what has moved to `otomark/node`. A bundler for the
 * browser takes `index.ts` instead.
 *
 * @module
 */
export * from './index.ts'
export {
  /** @deprecated Import it from `otomark/node`. */
  defaultModelFolder,
  /** @deprecated Import it from `otomark/node`. */
  readModelFolder
} from './node/model-folder.ts'
export type { ReadScanOptions } from './node/read-scan.ts'
export {
  /** @deprecated Import it from `otomark/node`. */
  nodeRuntime
} from './runtime/node.ts'

/** @deprecated Import it from `otomark/node`. */
export const readScan: typeof node.readScan = async (path, options) =>
  (await import('./node/read-scan.ts')).readScan(path, options)
