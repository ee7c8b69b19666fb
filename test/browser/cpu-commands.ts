import { readFile } from 'node:fs/promises'
import { nodeRuntime } from '../../src/runtime/node.ts'
import { modelOutput } from '../conformance/model-output.ts'
import { trainingLosses } from '../conformance/training.ts'

/** What a test in the browser asks of Node: the CPU's answers, to compare with. */
export const cpuCommands = {
  cpuLosses: (_: object, steps: number) => trainingLosses(nodeRuntime, steps),
  cpuAnswer: async (_: object, path: string) => modelOutput(nodeRuntime, await readFile(path))
}

declare module 'vitest/browser' {
  interface BrowserCommands {
    cpuLosses(steps: number): Promise<number[]>
    cpuAnswer(path: string): Promise<Record<string, number[]>>
  }
}
