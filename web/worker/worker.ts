import { expose } from 'comlink'
import { AnalysisService } from './analysis-service.ts'
import { carryErrors } from './carry-errors.ts'
import { showLife } from './show-life.ts'

carryErrors()
expose(new AnalysisService())
showLife()
