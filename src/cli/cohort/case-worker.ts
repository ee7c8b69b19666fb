import { workerData } from 'node:worker_threads'
import { openModel } from '../../analyze/open-model.ts'
import { readModelFolder } from '../../node/model-folder.ts'
import { serveRequests } from '../../node/serve-requests.ts'
import { nodeRuntime } from '../../runtime/node.ts'
import { analyzeCase, type CaseContext, caseSession } from './analyze-case.ts'
import type { CohortScan } from './cohort-scan.ts'

/** What the thread is started with. */
export interface CaseWorkerSetting {
  readonly modelFolder: string
  readonly options: CaseContext['options']
}

const { modelFolder, options } = workerData as CaseWorkerSetting
const model = await openModel(await readModelFolder(modelFolder), nodeRuntime, caseSession)
serveRequests((scan: CohortScan, signal) => analyzeCase(scan, { model, options, signal }))
