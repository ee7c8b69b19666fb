import { workerData } from 'node:worker_threads'
import { serveRequests } from '../../node/serve-requests.ts'
import type { CaseSource } from '../cases/case-source.ts'
import type { TrainingConfiguration } from '../configuration.ts'
import { prepareSamples } from './prepare.ts'

/** Where a thread finds its cases. */
export interface CasesModule {
  /** @param data plain data about the cases, copied into the thread */
  openCases(configuration: TrainingConfiguration, data: unknown): CaseSource
}

/** What the worker is started with. */
export interface WorkerSetting {
  readonly configuration: TrainingConfiguration
  /** URL of a `CasesModule`, and the data it gets. */
  readonly casesModule: string
  readonly cases: unknown
}

export interface SampleRequest {
  readonly kind: 'training' | 'validation'
  readonly index: number
}

const { configuration, casesModule, cases } = workerData as WorkerSetting
const module = (await import(casesModule)) as CasesModule
const samples = prepareSamples(configuration, module.openCases(configuration, cases))
serveRequests(({ kind, index }: SampleRequest) => samples[kind](index))
