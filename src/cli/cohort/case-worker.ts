import { workerData } from 'node:worker_threads'
import { openModel } from '../../analyze/open-model.ts'
import { readModelFolder } from '../../node/model-folder.ts'
import { serveRequests } from '../../node/serve-requests.ts'
import { nodeRuntime } from '../../runtime/node.ts'
import { analyzeCase, type CaseContext } from './analyze-case.ts'
import type { CohortScan } from './cohort-scan.ts'

/** What the thread is started with. */
export interface CaseWorkerSetting {
  readonly modelFolder: string
  readonly options: CaseContext['options']
}

const { modelFolder, options } = workerData as CaseWorkerSetting
// Other threads have the other processors.
const model = await openModel(await readModelFolder(modelFolder), nodeRuntime, { threads: 1 })
serveRequests((scan: CohortScan, signal) => analyzeCase(scan, { model, options, signal }))
