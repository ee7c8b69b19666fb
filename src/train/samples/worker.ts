import { parentPort, workerData } from 'node:worker_threads'
import type { CaseSource } from '../case-source.ts'
import type { TrainingConfiguration } from '../configuration.ts'
import { prepareSamples } from './prepare.ts'
import type { PreparedSample, SampleStream, ValidationSample } from './stream.ts'

/** What the worker is started with. */
export interface WorkerSetting {
  readonly configuration: TrainingConfiguration
  /** URL of a module that exports `openCases(configuration)`. */
  readonly casesModule: string
}

export interface CasesModule {
  openCases(configuration: TrainingConfiguration): CaseSource
}

export interface WorkerRequest {
  readonly kind: 'training' | 'validation'
  readonly index: number
}

export type WorkerReply =
  | { readonly request: WorkerRequest; readonly result: PreparedSample | ValidationSample }
  | { readonly request: WorkerRequest; readonly error: unknown }

/** The arrays that move to the other thread instead of being copied. */
function buffersOf(result: PreparedSample | ValidationSample): ArrayBuffer[] {
  const arrays =
    'sample' in result
      ? Object.values(result.sample).map((tensor) => tensor.data as Float32Array<ArrayBuffer>)
      : [result.image.data as Float32Array<ArrayBuffer>, result.labels as Uint8Array<ArrayBuffer>]
  return arrays.map((array) => array.buffer)
}

async function serve(setting: WorkerSetting): Promise<void> {
  const module = (await import(setting.casesModule)) as CasesModule
  const samples: SampleStream = prepareSamples(setting.configuration, module.openCases(setting.configuration))
  // Requests are answered one after another, in the order they came.
  let last = Promise.resolve()
  parentPort?.on('message', (request: WorkerRequest) => {
    last = last.then(async () => {
      try {
        const result = await samples[request.kind](request.index)
        parentPort?.postMessage({ request, result } satisfies WorkerReply, buffersOf(result))
      } catch (error) {
        parentPort?.postMessage({ request, error } satisfies WorkerReply)
      }
    })
  })
}

await serve(workerData as WorkerSetting)
