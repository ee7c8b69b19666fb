import { expose } from 'comlink'
import { AnalysisService } from './analysis-service.ts'
import { carryErrors } from './carry-errors.ts'

carryErrors()
expose(new AnalysisService())
