import { sessionConformance } from '../conformance/session.ts'
import { openRuntime } from './web-runtime.ts'

sessionConformance(await openRuntime('wasm'))
sessionConformance(await openRuntime('webgpu'))
