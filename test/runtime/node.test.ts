import { nodeRuntime } from '../../src/runtime/node.ts'
import { sessionConformance } from '../conformance/session.ts'

sessionConformance(nodeRuntime)
