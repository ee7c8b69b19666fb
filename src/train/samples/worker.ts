import { parentPort, workerData } from 'node:worker_threads'
import { type PortableError, packError } from '../../core/portable-error.ts'
import type { CaseSource } from '../cases/case-source.ts'
import type { TrainingConfiguration } from '../configuration.ts'
import { prepareSamples } from './prepare.ts'
import type { PreparedSample, SampleStream, ValidationSample } from './stream.ts'

/** Where a thread finds its cases. */
export interface CasesModule {
  /** @param told what the one who starts the thread knows of the cases, copied into it */
  openCases(configuration: TrainingConfiguration, told: unknown): CaseSource
}

/** What the worker is started with. */
export interface WorkerSetting {
  readonly configuration: TrainingConfiguration
  /** URL of a `CasesModule`, and what it is told. */
  readonly casesModule: string
  readonly cases: unknown
}

export interface WorkerRequest {
  readonly kind: 'training' | 'validation'
  readonly index: number
}

export type WorkerReply =
  | { readonly request: WorkerRequest; readonly result: PreparedSample | ValidationSample }
  | { readonly request: WorkerRequest; readonly error: PortableError }

/** The arrays that move to the other thread instead of being copied. */
function buffersOf(result: PreparedSample | ValidationSample): ArrayBuffer[] {
  const arrays =
    'sample' in result ? Object.values(result.sample).map((tensor) => tensor.data) : [result.image.data, result.labels]
  return arrays.flatMap((array) => (array === undefined ? [] : [array.buffer as ArrayBuffer]))
}

async function serve({ configuration, casesModule, cases }: WorkerSetting): Promise<void> {
  const module = (await import(casesModule)) as CasesModule
  const samples: SampleStream = prepareSamples(configuration, module.openCases(configuration, cases))
  // Requests are answered one after another, in the order they came.
  let last = Promise.resolve()
  parentPort?.on('message', (request: WorkerRequest) => {
    last = last.then(async () => {
      try {
        const result = await samples[request.kind](request.index)
        parentPort?.postMessage({ request, result } satisfies WorkerReply, buffersOf(result))
      } catch (error) {
        parentPort?.postMessage({ request, error: packError(error) } satisfies WorkerReply)
      }
    })
  })
}

await serve(workerData as WorkerSetting)
