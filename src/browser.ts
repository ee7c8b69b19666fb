/**
 * What needs a browser: ONNX Runtime on wasm or WebGPU, in a page or a worker, and models from addresses.
 *
 * @module
 */
export { fetchModelFiles, type ModelAddresses } from './analyze/fetch-model.ts'
export { openWebRuntime, type WebRuntimeOptions } from './runtime/web.ts'
