import { expose } from 'comlink'
import { carryErrors } from './carry-errors.ts'
import { MeasurementService } from './measurement-service.ts'
import { showLife } from './show-life.ts'

carryErrors()
expose(new MeasurementService())
showLife()
