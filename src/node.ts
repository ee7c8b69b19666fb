/**
 * What needs Node: scans and models on disk, ONNX Runtime in Node, and a result as text for a terminal.
 *
 * @module
 */
export { formatResult } from './cli/format-result.ts'
export { defaultModelFolder, type ReadFile, readModelFolder } from './node/model-folder.ts'
export { type ReadScanOptions, readScan } from './node/read-scan.ts'
export { findNodeEngine, type NodeEngine, nodeRuntime, nodeWebgpuRuntime } from './runtime/node.ts'
